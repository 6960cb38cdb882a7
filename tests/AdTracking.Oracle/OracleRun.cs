using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using AdTracking.Oracle.Judging;
using AdTracking.Oracle.Minting;
using AdTracking.Oracle.Reading;
using AdTracking.Oracle.Sending;

namespace AdTracking.Oracle;

/// <summary>A run: connections that send, one thread that reads Kafka, commands on standard input.</summary>
internal sealed class OracleRun : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly OracleOptions _options;
    private readonly Mint _mint;
    private readonly EventTable _table = new();
    private readonly Tally _answers = new();
    private readonly GatewayFile _gateway;
    private readonly Pace _pace;
    private readonly CancellationTokenSource _stopReading = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Timer _progress;
    private readonly ConcurrentQueue<string> _accidents = new();
    private RecordJudge? _judge;
    private EndOfLog? _end;
    private volatile bool _waitsForEnd;

    public OracleRun(OracleOptions options)
    {
        _options = options;
        _mint = new Mint(options.Seed, options.Letters);
        _gateway = new GatewayFile(options.GatewayFile);
        _pace = new Pace(options.Connections, options.Rate);
        _progress = new Timer(_ => WriteProgress(), state: null, 1_000, 1_000);
    }

    private long NowMs => _clock.ElapsedMilliseconds;

    public OracleReport Run()
    {
        var reading = InThread(ReadKafka);
        var senders = Enumerable.Range(0, _options.Connections)
            .Select(_ => InThread(new Sender(_mint, _table, _answers, _gateway, _pace, () => NowMs).Run)).ToList();
        ObeyCommands();
        _pace.Finish();
        foreach (var sender in senders)
        {
            sender.Join();
        }

        _waitsForEnd = true;
        if (!reading.Join(TimeSpan.FromSeconds(_options.PatienceS + 60)))
        {
            _stopReading.Cancel();
        }

        reading.Join();
        return Report();
    }

    public void Dispose()
    {
        _progress.Dispose();
        _stopReading.Dispose();
        _pace.Dispose();
    }

    // A thread that ends by accident is a finding of its own: the run goes on, and its report is not clean.
    private Thread InThread(Action action)
    {
        var thread = new Thread(() => Survive(action)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Survive(Action action)
    {
        try
        {
            action();
        }
        catch (Exception accident)
        {
            _accidents.Enqueue($"accident: {accident}");
        }
    }

    private void ObeyCommands()
    {
        while (Console.In.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["hold"]: _pace.Hold(); break;
                case ["go"]: _pace.GoOn(); break;
                case ["rate", var rate]: _pace.Rate = double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture); break;
                case ["finish"]: return;
                default: Console.Error.WriteLine($"unknown command: {line}"); break;
            }
        }
    }

    private void ReadKafka()
    {
        string? servers = null;
        while ((servers = _options.BootstrapServers ?? _gateway.Kafka) is null && !_stopReading.IsCancellationRequested)
        {
            _stopReading.Token.WaitHandle.WaitOne(100);
        }

        if (servers is null || LogReader.Open(servers, _options.Topics, _answers, _stopReading.Token) is not { } opened)
        {
            return;
        }

        using var schemas = new SchemaStore(_gateway, _stopReading.Token);
        using var reader = opened;
        _judge = new RecordJudge(_mint, _table, reader.PartitionCounts, () => NowMs);
        try
        {
            while (!_stopReading.IsCancellationRequested)
            {
                if (_waitsForEnd)
                {
                    _end ??= new EndOfLog(reader, _table, _options.QuietMs, _options.PatienceS * 1_000, () => NowMs);
                    if (_end.IsReached())
                    {
                        return;
                    }
                }

                if (reader.Read(schemas) is not { } record)
                {
                    continue;
                }

                _judge.Judge(record);
                _end?.Moved();
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any longer.
        }
    }

    private void WriteProgress() => Console.Error.WriteLine(JsonSerializer.Serialize(
        new
        {
            ms = NowMs,
            sent = _answers.Of("sent"),
            promised = _answers.Of("promised"),
            outstanding = _table.Outstanding,
            read = _judge?.Records ?? 0,
            fresh = _judge?.Fresh ?? 0,
            unanswered = _answers.Of("events without an answer"),
        },
        Json));

    private OracleReport Report()
    {
        var judge = _judge ?? new RecordJudge(_mint, _table, [1, 1, 1], () => NowMs);
        long missing = 0, redirected = 0, redirectedAndStored = 0, unpromised = 0, promised = 0;
        var samples = new List<string>();
        foreach (var (number, bits) in _table.All())
        {
            var isStored = bits.Has(EventBits.Stored);
            if (bits.Has(EventBits.Redirected))
            {
                redirected++;
            }

            if (bits.Has(EventBits.Redirected) && isStored)
            {
                redirectedAndStored++;
            }

            if (!bits.Has(EventBits.Promised | EventBits.Redirected) && isStored)
            {
                unpromised++;
            }

            if (bits.Has(EventBits.Promised))
            {
                promised++;
            }

            if (!bits.Has(EventBits.Promised) || isStored)
            {
                continue;
            }

            missing++;
            if (samples.Count < 20)
            {
                samples.Add($"missing: {_mint.Id(number)} key {Mint.Key(number)} sent at {_table.SentMs(number)} ms");
            }
        }

        long? outOfOrder = _options.JudgesOrder ? judge.CountOutOfOrder() : null;
        return new OracleReport(
            _options.Seed, _clock.Elapsed.TotalSeconds, _answers.Of("sent"), promised, redirected, redirectedAndStored, unpromised,
            judge.Records, _end?.Count?.Held ?? -1, _end?.Count is { Behind: 0 }, _accidents.Count, missing, judge.Spurious, judge.Corrupted, judge.Doubled,
            _answers.Of("refused"), outOfOrder, _answers.ToSorted(), [.. _accidents, .. samples, .. judge.Samples]);
    }
}
