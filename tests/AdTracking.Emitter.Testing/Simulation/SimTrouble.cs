using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>What goes wrong in a process of a schedule, by the dice.</summary>
internal sealed class SimTrouble(SimWorld world, SimDisk disk)
{
    private int _depth;

    /// <summary>Between two steps: partitions stall or go away, others write, the disk fills, a producer dies.</summary>
    public void Disturb(SimLife life)
    {
        var partition = world.Kafka.Partitions[world.Random.Next(world.Kafka.PartitionCount * 3)];
        switch (world.Random.Next(8))
        {
            case 0 or 1 or 2:
                partition.StalledUntilMs = world.NowMs + world.Random.Between(20, 1_500);
                break;
            case 3:
                partition.AwayUntilMs = world.NowMs + world.Random.Between(20, 800);
                break;
            case 4 or 5:
                world.Kafka.WriteForeign(world.NowMs);
                break;
            case 6:
                disk.BytesMax = world.Random.OneIn(2) ? int.MaxValue : disk.Bytes + world.Random.Next(40_000);
                break;
            default:
                world.Counts.DeadProducers++;
                life.Core.ReplaceProducer();
                break;
        }
    }

    /// <summary>In the middle of a call to the file system: the process is killed, the call fails, or other threads get on.</summary>
    public int Interrupt(SimCall call)
    {
        if (world.IsCalm)
        {
            return 0;
        }

        if (world.MayCrash && world.Random.OneIn(150))
        {
            world.Trace?.Invoke($"killed in {call}");
            throw new SimCrashException();
        }

        var isAfter = call is SimCall.WriteHalf or SimCall.Written or SimCall.Synced;
        if (world.Life is { } life && _depth == 0 && life.Core.IsOpen && world.Random.OneIn(3))
        {
            Interleave(life);
        }

        if (isAfter || !world.Random.OneIn(60))
        {
            return 0;
        }

        world.Counts.Faults++;
        world.Trace?.Invoke($"fault in {call}");
        return world.Random.Next(3) switch { 0 => -Errno.Interrupted, 1 => -Errno.InputOutput, _ => -Errno.NoSpace };
    }

    private void Interleave(SimLife life)
    {
        _depth++;
        for (var i = world.Random.Between(1, 3); i > 0; i--)
        {
            switch (world.Random.Next(12))
            {
                case < 3 when world.MayAppend:
                    life.Append();
                    break;
                case < 6:
                    life.Core.Ship();
                    break;
                case < 8:
                    life.Core.Producer.StepAll();
                    break;
                case < 10:
                    life.Core.Deliver();
                    break;
                case 10 when world.IsSettling:
                    life.Core.JournalRound();
                    break;
                case 10:
                    life.Core.ReconcileStep();
                    break;
                default:
                    if (world.Random.OneIn(8))
                    {
                        life.Core.ReplaceProducer();
                    }

                    break;
            }
        }

        _depth--;
    }
}
