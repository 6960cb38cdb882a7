using AdTracking.Emitter.Testing.Fakes;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>One schedule: a disk and a cluster that last, and processes on them that are killed. In the last life nothing fails any more;
/// then everything that was answered as stored is in Kafka, and nothing is there twice.</summary>
internal sealed class SimWorld : IDisposable
{
    private const int CalmRoundsMax = 20_000;

    [ThreadStatic]
    private static Ledger? ThreadLedger;

    private readonly SimVariant _variant;
    private readonly int _seed;
    private readonly bool _startsAway;
    private readonly SimDisk _disk = new();
    private SimLife? _life;
    private SimTrouble _trouble;
    private ulong _bootId = 1;
    private int _stepsLeft;
    private bool _isCalm;
    private bool _mayCrash;
    private bool _mayAppend = true;
    private bool _isSettling;
    private bool _recoversAtOnce = true;

    public SimWorld(int seed, SimVariant variant = SimVariant.None)
    {
        _variant = variant;
        _startsAway = seed % 4 == 3;
        _seed = seed;
        Random = new SimRandom((ulong)seed);
        Kafka = new SimKafka(Random, Model, Random.Between(1, 3));
        _trouble = new SimTrouble(this, _disk);
    }

    public SimRandom Random { get; }

    public SimModel Model { get; } = new();

    public SimKafka Kafka { get; }

    public ManualTime Time { get; } = new();

    public SimVariant Variant => _variant;

    /// <summary>The process that runs, if one does.</summary>
    public SimLife? Life => _life;

    /// <summary>The last life, in which nothing fails.</summary>
    public bool IsCalm => _isCalm;

    public bool MayCrash => _mayCrash;

    public bool MayAppend => _mayAppend;

    public bool IsSettling => _isSettling;

    public Guid BootId => new((int)_bootId, 0, 0, new byte[8]);

    public long NowMs => Time.NowMs;

    /// <summary>Of the last life, whose account is closed; the others' are cut off anywhere.</summary>
    public Ledger NewLedger() => _isCalm ? new Ledger() : ThreadLedger ??= new Ledger();

    /// <summary>What happened, so that a test can tell whether the schedules meet everything.</summary>
    public SimCounts Counts { get; } = new();

    /// <summary>Whether a process reads what is on the disk before it does anything else; in some lives it takes requests meanwhile.</summary>
    public bool RecoversAtOnce => _recoversAtOnce;

    /// <summary>Gets a line for everything that happens, to look at a seed that failed.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Runs the schedule; null, or what is wrong. Recoveries: lives that get no requests, before the last one, and end like the
    /// others.</summary>
    public string? Run(int recoveries = 0)
    {
        Kafka.Trace = Trace;
        var lives = Random.Between(1, 4);
        for (var i = 0; i < lives; i++)
        {
            Live(Random.Between(15, 80));
        }

        _mayAppend = false;
        for (var i = 0; i < recoveries; i++)
        {
            Live(Random.Between(10, 60));
        }

        var problem = Finish() ?? Model.Check(Kafka);
        Counts.Promises = Model.Promises;
        Counts.Events = Model.Count;
        return problem;
    }

    public void Dispose() => _life?.Dispose();

    // A life that ends by a crash, wherever it is.
    private void Live(int steps)
    {
        _stepsLeft = steps;
        _mayCrash = true;
        try
        {
            Begin();
            while (_stepsLeft-- > 0)
            {
                Step();
            }
        }
        catch (SimCrashException)
        {
            Counts.CrashesInCalls++;
        }
        catch (JournalException)
        {
            // The directory could not be read: it did not start.
            Counts.RefusedStarts++;
        }

        Crash();
    }

    private void Begin()
    {
        Counts.Lives++;
        _recoversAtOnce = (_seed + Counts.Lives) % 3 != 0;
        Trace?.Invoke($"life {Counts.Lives}, boot {_bootId}, at {NowMs}");
        _trouble = new SimTrouble(this, _disk);
        _isSettling = false;
        var files = new SimFiles(_disk, Random, _variant) { Interrupt = _trouble.Interrupt, Unreadable = ChooseUnreadable() };
        var log = new SimKafkaLog(Kafka, Random, () => NowMs, _variant) { IsCalm = _isCalm };
        _life = new SimLife(this, files, log, ChooseAbsence());
        _life.Core.Open();
    }

    private string? ChooseUnreadable()
    {
        if (_isCalm || _disk.Names.Count == 0 || !Random.OneIn(12))
        {
            return null;
        }

        Counts.UnreadableFiles++;
        var name = _disk.Names.ElementAt(Random.Next(_disk.Names.Count));
        Trace?.Invoke($"cannot be read: {name}");
        return name;
    }

    // In every fourth schedule processes may start while Kafka is away: what they spill has marks that know nothing.
    private long ChooseAbsence()
    {
        if (!_startsAway || !Random.OneIn(2))
        {
            return 0;
        }

        Counts.StartsAway++;
        return NowMs + Random.Between(20, 2_000);
    }

    private void Crash()
    {
        if (_life is null)
        {
            return;
        }

        _life.Files.IsDead = true;
        _life.Core.Kill();
        _life.Dispose();
        _life = null;
        if (!Random.OneIn(2))
        {
            return;
        }

        Counts.PowerCuts++;
        Trace?.Invoke("power cut");
        _disk.CutPower(Random);
        _bootId++;
    }

    private string? Finish()
    {
        _isCalm = true;
        _mayCrash = false;
        _disk.BytesMax = int.MaxValue;
        foreach (var partition in Kafka.Partitions)
        {
            partition.StalledUntilMs = partition.AwayUntilMs = 0;
        }

        Begin();
        var life = _life!;
        var onDisk = SimJournal.CountEvents(_disk, Random);
        AppendWhileAway(life);
        for (var round = 0; round == 0 || !life.Core.IsDrained; round++)
        {
            if (round == CalmRoundsMax)
            {
                return "it does not come to rest: " + life.Core.Describe();
            }

            life.Core.Ship();
            life.Core.Producer.StepAll();
            life.Core.Deliver();
            life.Core.JournalRound();
            Finish(life);
            Advance(25);
            life.Collect();
        }

        var problem = life.Core.CheckRest(onDisk);
        life.Files.IsDead = true;
        life.Core.Kill();
        life.Dispose();
        _life = null;
        Advance(SimKafka.VisibleMs);
        return problem;
    }

    // Requests of a process that has not seen Kafka yet: a batch each.
    private void AppendWhileAway(SimLife life)
    {
        for (var i = life.Core.IsAway ? Random.Between(0, 20) : 0; i > 0; i--)
        {
            life.Append();
            life.Core.Ship();
            Advance(40);
            life.Core.JournalRound();
            life.Collect();
        }
    }

    private void Step()
    {
        var life = _life!;
        switch (Random.Next(20))
        {
            case < 4 when _mayAppend:
                life.Append();
                break;
            case < 7:
                life.Core.Ship();
                break;
            case < 10:
                life.Core.Producer.StepAll();
                break;
            case < 13:
                life.Core.Deliver();
                break;
            case < 16:
                life.Core.JournalRound();
                break;
            case 16:
                Finish(life);
                break;
            case 17 or 18:
                Advance(Random.OneIn(6) ? Random.Between(100, 700) : Random.Between(1, 60));
                break;
            default:
                _trouble.Disturb(life);
                break;
        }

        life.Collect();
    }

    // The thread that reads what was left ends before the reconciler has anything to do.
    private void Finish(SimLife life)
    {
        _isSettling = true;
        if (life.Core.IsRecovering)
        {
            Counts.LateRecoveries++;
            life.Core.Recover();
        }
        else
        {
            life.Core.ReconcileStep();
        }

        _isSettling = false;
    }

    private void Advance(int milliseconds)
    {
        Time.Advance(milliseconds);
        Kafka.Advance(NowMs);
    }
}
