using System.Buffers.Binary;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Connections;

/// <summary>The real link: one task opens it and receives, another one sends. Whoever uses it is woken when something has changed, and looks
/// for itself. A session whose time is limited ends before the broker would end it; whoever uses the link then opens another one.</summary>
internal sealed class BrokerLink : IBrokerLink
{
    private const double SessionShare = 0.85;
    private readonly ConnectionSettings _settings;
    private readonly Action _wake;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _hasOutput = new(0);
    private readonly Lock _gate = new();
    private WireBuffer _output = new();
    private WireBuffer _sending = new();
    private readonly WireBuffer _input = new();
    private int _inputRead;
    private LinkState _state;
    private string? _failure;
    private ApiVersionsResponse? _versions;

    /// <summary>Begins to open a link. <paramref name="wake"/> is called from other threads and must not block.</summary>
    public BrokerLink(ServerAddress address, ConnectionSettings settings, Action wake, TimeProvider? clock = null)
    {
        _settings = settings;
        _wake = wake;
        _clock = clock ?? TimeProvider.System;
        Completion = Task.Run(() => RunAsync(address));
    }

    /// <inheritdoc/>
    public LinkState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <inheritdoc/>
    public string? Failure => Volatile.Read(ref _failure);

    /// <inheritdoc/>
    public ApiVersionsResponse? Versions => Volatile.Read(ref _versions);

    /// <summary>Ends when the link is broken and its tasks are over; never fails.</summary>
    internal Task Completion { get; }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> requests)
    {
        lock (_gate)
        {
            if (_state == LinkState.Broken)
            {
                return;
            }

            _output.Append(requests);
        }

        _ = _hasOutput.Release();
    }

    /// <inheritdoc/>
    public bool TryReceive(WireBuffer frame)
    {
        lock (_gate)
        {
            var rest = _input.Written[_inputRead..];
            if (rest.IsEmpty)
            {
                _input.Clear();
                _inputRead = 0;
                return false;
            }

            var bytes = BinaryPrimitives.ReadInt32BigEndian(rest);
            frame.Append(rest.Slice(sizeof(int), bytes));
            _inputRead += sizeof(int) + bytes;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Break("closed");

    // Whatever ends it, it ends as broken: a link that nobody serves and that looks open would hold its requests for ever.
    private async Task RunAsync(ServerAddress address)
    {
        try
        {
            await ServeAsync(address);
        }
        catch (Exception failure)
        {
            Break(failure.Message);
        }

        _wake();
    }

    private async Task ServeAsync(ServerAddress address)
    {
        using var opening = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        opening.CancelAfter(_settings.ConnectTimeoutMs);
        await using var connection = await BrokerConnection.OpenAsync(address, _settings, opening.Token);
        var (versions, sessionMs) = await BrokerHandshake.RunAsync(connection, _settings, opening.Token);
        var life = TimeSpan.FromMilliseconds(Math.Min(SessionShare * sessionMs, int.MaxValue));
        using var session = sessionMs > 0 ? new CancellationTokenSource(life, _clock) : null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, session?.Token ?? CancellationToken.None);
        Volatile.Write(ref _versions, versions);
        lock (_gate)
        {
            _state = _state == LinkState.Broken ? LinkState.Broken : LinkState.Ready;
        }

        _wake();
        var sender = SendAllAsync(connection, end.Token);
        try
        {
            await ReceiveAllAsync(connection, end.Token);
        }
        catch (Exception failure)
        {
            Break(session is { IsCancellationRequested: true } ? $"The session with {address} has come to its end." : failure.Message);
        }
        finally
        {
            await end.CancelAsync();
            await sender;
        }
    }

    private async Task ReceiveAllAsync(BrokerConnection connection, CancellationToken cancellation)
    {
        using var frame = new WireBuffer();
        while (true)
        {
            frame.Clear();
            BinaryPrimitives.WriteInt32BigEndian(frame.Room(sizeof(int)), 0);
            frame.Advance(sizeof(int));
            var bytes = await connection.ReceiveAsync(frame, cancellation);
            BinaryPrimitives.WriteInt32BigEndian(frame.Slice(0, sizeof(int)), bytes);
            lock (_gate)
            {
                _input.Append(frame.Written);
            }

            _wake();
        }
    }

    private async Task SendAllAsync(BrokerConnection connection, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await _hasOutput.WaitAsync(cancellation);
                lock (_gate)
                {
                    (_output, _sending) = (_sending, _output);
                }

                if (_sending.Length > 0)
                {
                    await connection.SendAsync(_sending.WrittenMemory, cancellation);
                    _sending.Clear();
                }
            }
        }
        catch (Exception failure) when (failure is KafkaConnectionException or OperationCanceledException)
        {
            // When the receiver has ended it, the receiver knows why.
            if (!cancellation.IsCancellationRequested)
            {
                Break(failure.Message);
            }
        }
    }

    private void Break(string why)
    {
        lock (_gate)
        {
            if (_state == LinkState.Broken)
            {
                return;
            }

            _state = LinkState.Broken;
            Volatile.Write(ref _failure, why);
        }

        _end.Cancel();
    }
}
