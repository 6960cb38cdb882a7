using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AdTracking.Faults.Testing;

/// <summary>A faulty gateway, for tests of the oracle: it stands before a true one, hands requests on and answers back, and does one
/// thing wrong in every so many events, by turns the faults that it is given. It has a <c>gateway.json</c> of its own.</summary>
internal sealed class FaultyGateway : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _truth;
    private readonly InjectedFault[] _faults;
    private readonly InjectedFaultCounter _counter;
    private readonly ConcurrentDictionary<InjectedFault, int> _times = new();
    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _dead = new();

    public FaultyGateway(GatewayAddresses truth, string file, int every, params InjectedFault[] faults)
    {
        _truth = truth.Http;
        _faults = faults;
        _counter = new InjectedFaultCounter(every);
        _listener.Start();
        var http = $"http://{_listener.LocalEndpoint}";
        File.WriteAllText(file, JsonSerializer.Serialize(
            new { pid = Environment.ProcessId, http, kafka = truth.Kafka, registry = truth.Registry }));
        InThread(Accept);
    }

    /// <summary>How often it did wrong.</summary>
    public int Injected => _counter.Injected;

    /// <summary>How often it had this fault, with a pixel.</summary>
    public int TimesOf(InjectedFault fault) => _times.GetValueOrDefault(fault);

    /// <summary>Answered early and not stored yet.</summary>
    public int Owed => _counter.Owed;

    /// <summary>Dies, with all that it owes.</summary>
    public void Dispose()
    {
        if (_dead.IsCancellationRequested)
        {
            return;
        }

        _dead.Cancel();
        _listener.Stop();
        lock (_sockets)
        {
            _sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static void InThread(Action action) => new Thread(() => Try(action)) { IsBackground = true }.Start();

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception end) when (end is IOException or SocketException or InvalidOperationException)
        {
            // One side has gone.
        }
    }

    private void Accept()
    {
        while (true)
        {
            var socket = _listener.AcceptSocket();
            Add(socket);
            InThread(() => Serve(socket));
        }
    }

    private void Add(Socket socket)
    {
        socket.NoDelay = true;
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        _dead.Token.Register(socket.Dispose);
    }

    private void Serve(Socket client)
    {
        using var caller = new NetworkStream(client, ownsSocket: true);
        using var input = new BufferedStream(caller);
        using var upstream = Open();
        while (HttpText.Read(input) is { } request)
        {
            caller.Write(Answer(request, upstream).ToBytes());
        }
    }

    private HttpText Answer(HttpText request, UpstreamConnection upstream)
    {
        var isPixel = request.FirstLine.StartsWith("GET /v1/i", StringComparison.Ordinal);
        if (isPixel && _faults is [InjectedFault.AnswerEarly])
        {
            return Owe(request, TimeSpan.FromMilliseconds(300));
        }

        var isDue = _counter.Pass(request);
        if (_faults is [InjectedFault.Drop] && request.Head.Contains("x-ndjson", StringComparison.Ordinal) && _counter.TakeBatch())
        {
            return DropLast(request, upstream);
        }

        if (!isDue || !isPixel || _faults is [] or [InjectedFault.AnswerEarly] || !_counter.TryTake(out var before))
        {
            return upstream.Ask(request);
        }

        var fault = _faults[before % _faults.Length];
        _times.AddOrUpdate(fault, 1, (_, times) => times + 1);
        switch (fault)
        {
            case InjectedFault.Drop: return Pixel();
            case InjectedFault.Overtake: return Owe(request, TimeSpan.FromSeconds(2));
            case InjectedFault.Corrupt: return upstream.Ask(Change(request, "cid=campaign-", "cid=campaigm-"));
            case InjectedFault.Invent: upstream.Ask(Change(request, "eid=o-", "eid=x-")); break;
            default: upstream.Ask(request); break;
        }

        return upstream.Ask(request);
    }

    private static HttpText Change(HttpText request, string from, string to) =>
        request with { Head = request.Head.Replace(from, to, StringComparison.Ordinal) };

    // The last line of a batch is not handed on, and its result is made up.
    private static HttpText DropLast(HttpText request, UpstreamConnection upstream)
    {
        var lines = Encoding.UTF8.GetString(request.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2)
        {
            return upstream.Ask(request);
        }

        var answer = upstream.Ask(request.With(string.Join('\n', lines[..^1]) + "\n"));
        using var last = JsonDocument.Parse(lines[^1]);
        var made = $",{{\"i\":{lines.Length - 1},\"id\":{last.RootElement.GetProperty("event_id").GetRawText()},\"outcome\":\"accepted\"}}]}}";
        return answer.With(Encoding.UTF8.GetString(answer.Body)[..^2] + made);
    }

    private static HttpText Pixel() => new("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", []);

    private HttpText Owe(HttpText request, TimeSpan delay)
    {
        _counter.Owe(1);
        InThread(() =>
        {
            if (_dead.Token.WaitHandle.WaitOne(delay))
            {
                return;
            }

            using var upstream = Open();
            upstream.Ask(request);
            _counter.Owe(-1);
        });
        return Pixel();
    }

    private UpstreamConnection Open()
    {
        var connection = new UpstreamConnection(_truth);
        Add(connection.Socket);
        return connection;
    }
}
