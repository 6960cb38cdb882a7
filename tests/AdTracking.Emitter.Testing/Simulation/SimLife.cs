using System.Buffers.Binary;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Testing.Fakes;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>One life of the simulated process: the emitter's own parts, without threads, and the requests that wait in it.</summary>
internal sealed class SimLife : IDisposable
{
    private static readonly SchemaIdTable Ids = new([1, 2, 3, 4, 5, 6]);
    private static readonly byte[][] Keys = [.. Enumerable.Range(0, 6).Select(i => new[] { (byte)'k', (byte)('0' + i) })];
    private readonly SimWorld _world;
    private readonly SimRandom _random;
    private readonly SimModel _model;
    private readonly GroupBuffer _buffer = ThreadBuffer ??= new GroupBuffer(Ids);
    private readonly List<(DeliveryWaiter Waiter, int First, int Count)> _requests = [];

    [ThreadStatic]
    private static GroupBuffer? ThreadBuffer;

    public SimLife(SimWorld world, SimFiles files, SimKafkaLog log, long awayUntilMs)
    {
        _world = world;
        _random = world.Random;
        _model = world.Model;
        Files = files;
        Log = log;
        Core = new SimCore(world, files, log, awayUntilMs);
    }

    public SimFiles Files { get; }

    public SimKafkaLog Log { get; }

    public SimCore Core { get; }

    /// <summary>Requests without an answer.</summary>
    public int Waiting => _requests.Count;

    /// <summary>A request of a few events, which is accepted or not.</summary>
    public void Append()
    {
        var count = _random.OneIn(10) ? _random.Between(4, 16) : _random.Between(1, 3);
        var first = _model.Count;
        _buffer.Clear(Ids);
        for (var i = 0; i < count; i++)
        {
            var topic = (EventTopic)_random.Next(3);
            var number = _model.Add(isBad: _random.OneIn(400));
            _ = _buffer.TryBegin(topic, Keys[_random.Next(Keys.Length)], out var value);
            BinaryPrimitives.WriteInt32LittleEndian(value, number);
            var length = 4 + _random.Next(_random.OneIn(10) ? 300 : 40);
            value[4..length].Fill((byte)number);
            _buffer.Commit(length);
        }

        var waiter = _random.OneIn(6) ? null : Core.Waiters.Rent(count);
        if (!Core.TryAppend(_buffer, waiter))
        {
            if (waiter is not null)
            {
                Core.Waiters.Return(waiter);
            }

            return;
        }

        Register(first);
        _world.Trace?.Invoke($"{_world.NowMs} accepted {first}..{first + count - 1}{(waiter is null ? "" : " waits")}");
        if (waiter is not null)
        {
            _requests.Add((waiter, first, count));
        }
    }

    /// <summary>Reads the answers that came.</summary>
    public void Collect()
    {
        for (var i = _requests.Count - 1; i >= 0; i--)
        {
            (var waiter, var first, var count) = _requests[i];
            if (waiter.OutcomeNow() is not { } outcome)
            {
                continue;
            }

            if (outcome is WaitOutcome.Stored or WaitOutcome.SomeFailed)
            {
                Promise(waiter, first, count, outcome);
            }

            _world.Trace?.Invoke(
                $"{_world.NowMs} {outcome} {first}..{first + count - 1}: {string.Join(',', waiter.Outcomes.ToArray().Select(one => one.Status))}");
            Core.Waiters.Return(waiter);
            _requests[i] = _requests[^1];
            _requests.RemoveAt(_requests.Count - 1);
        }
    }

    public void Dispose() => Core.Dispose();

    private void Promise(DeliveryWaiter waiter, int first, int count, WaitOutcome outcome)
    {
        for (var i = 0; i < count; i++)
        {
            var status = waiter.Outcomes[i].Status;
            if (status is EventOutcome.Delivered or EventOutcome.Synced)
            {
                _model.Promise(first + i);
            }
            else if (outcome == WaitOutcome.Stored)
            {
                throw new InvalidOperationException($"an answer says stored, and an event of it {status}");
            }
        }
    }

    private unsafe void Register(int number)
    {
        var end = _buffer.Base + _buffer.Bytes;
        for (var at = _buffer.Base + GroupHeader.Bytes; at < end; number++)
        {
            var header = (EventHeader*)at;
            var key = at + EventHeader.Bytes;
            var digest = EventDigest.Of(
                header->Topic,
                new ReadOnlySpan<byte>(key, header->KeyLength),
                new ReadOnlySpan<byte>(key + header->KeyLength, header->ValueLength));
            _model.SetBytes(number, digest);
            _model.Accept(number);
            at += header->RecordBytes;
        }
    }
}
