using System.Diagnostics.Metrics;
using System.Net;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Events;
using AdTracking.Events.Decoding;
using AdTracking.Gateway.Accounting;
using AdTracking.Gateway.Admin;
using AdTracking.Gateway.Backends;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Identity;
using AdTracking.Gateway.Intake;
using AdTracking.Gateway.Readiness;
using AdTracking.Gateway.Redirect;
using AdTracking.Gateway.Storage;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Hosting;

/// <summary>All parts of a running gateway, put together. Holds no logic of its own beside the order of starting and ending.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly IntakeGate _gate = new();
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly Ledger _ledger = new();
    private readonly Meter _meter;
    private PublicListener _listener = null!;
    private DataDirectory _directory = null!;
    private LedgerPublisher _accounts = null!;

    private GatewayHost(GatewayOptions options, ILoggerFactory loggers, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _loggers = loggers;
        _logger = loggers.CreateLogger("AdTracking.Gateway");
        _meter = new Meter(new MeterOptions("AdTracking.Gateway") { Version = ProductVersion.Text, Scope = this });
    }

    /// <summary>Where it really listens and sends to.</summary>
    public GatewayFile Addresses { get; private set; } = null!;

    public EventPipeline Pipeline { get; private set; } = null!;

    public bool IsEmbedded => _options.Kafka.IsEmbedded;

    /// <exception cref="StartRefusedException">It cannot start; whatever was started is ended again.</exception>
    public static async Task<GatewayHost> StartAsync(
        GatewayOptions options, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancellation)
    {
        var host = new GatewayHost(options, loggers, clock);
        try
        {
            await host.StartAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Not ready first, then no new connections, then everything accepted to Kafka; all within the drain deadline.</summary>
    public async Task DrainAsync()
    {
        var deadline = TimeSpan.FromMilliseconds(_options.Drain.DeadlineMs);
        var startedAt = _clock.GetTimestamp();
        _gate.BeginDrain("The gateway is draining.");
        using (var listenerDeadline = new CancellationTokenSource(deadline, _clock))
        {
            await _listener.StopAsync(listenerDeadline.Token);
        }

        // Most of what is left is for the events, the rest for the account of them.
        await _accounts.FinishAsync(Left(deadline, startedAt) * 0.9);
        var isDrained = await Pipeline.DrainAsync(Left(deadline, startedAt));
        var left = _ledger.Totals().Where(LedgerEntries.IsAccounted).Sum(cell => cell.Waiting);
        if (isDrained)
        {
            Log.Drained(_logger);
        }
        else if (_options.Http.Ack != AckLevel.Kafka)
        {
            Log.DrainedToJournal(_logger, left);
        }
        else
        {
            Log.DrainedInPart(_logger, left);
        }
    }

    private TimeSpan Left(TimeSpan deadline, long startedAt)
    {
        var left = deadline - _clock.GetElapsedTime(startedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        _meter.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        _directory = Track(DataDirectory.Open(_options.Data.Directory));
        _directory.MakeJournal();
        var kafka = Track(KafkaBackend.Start(_options));
        var registry = Track(await RegistryBackend.StartAsync(_options, _directory, _loggers, cancellation));
        var guard = Track(new ClusterCheck(_options, kafka, _directory, registry.Name, _gate, _logger, _clock));
        await guard.CheckTopicsAsync(cancellation);
        var start = new PipelineStart(_options, kafka, registry, _directory, _clock, LogPipeline);
        var listening = new TaskCompletionSource();
        Pipeline = Track(await start.RunAsync(_ledger, guard.IsKafkaSeen, listening.Task, cancellation));
        guard.CheckOwner(Pipeline);

        var readiness = new HealthReport(Pipeline, _gate, guard);
        var connections = new ConnectionGauge();
        var counters = new IntakeCounters(_meter);
        var snapshots = new SnapshotSource(Pipeline.Snapshot, _ledger.Totals);
        PipelineMetrics.Register(_meter, snapshots, readiness, connections, kafka.Topics);
        JournalMetrics.Register(_meter, snapshots);
        LedgerMetrics.Register(_meter, snapshots);
        var metrics = Track(new MeterCollector(IsShown));
        if (_options.Otlp.Endpoint.Length > 0)
        {
            Track(OtlpExport.Start(_options.Otlp.Endpoint, _options.Edge.Id, ProductVersion.Text));
            Log.Otlp(_logger, _options.Otlp.Endpoint);
        }

        var run = LedgerRun.Begin(_clock.GetUtcNow());
        _accounts = Track(Accounts(run));
        var account = new LedgerRoute(_ledger, _options.Edge.Id, run, _clock);
        var routes = new AdminRoutes(readiness, Pipeline, account, metrics, () => Addresses, _clock.GetUtcNow());
        var admin = Track(await ControlServer.StartAsync(
            "Admin:Port", IPAddress.Parse(_options.Admin.Address), _options.Admin.Port, _loggers, routes.Map, cancellation));
        _listener = Track(new PublicListener(_options, connections, _loggers));
        await _listener.StartAsync(Application(counters, kafka.Topics), cancellation);
        listening.SetResult();
        _accounts.Start();

        Addresses = new GatewayFile(Environment.ProcessId, _listener.Address, admin.Address, kafka.BootstrapServers, registry.Address);
        Addresses.Write(_directory.GatewayFilePath);
        Track(new DeleteOnDispose(_directory.GatewayFilePath));
    }

    private LedgerPublisher Accounts(LedgerRun run) => new(
        _ledger,
        new LedgerEntries(_options.Edge.Id, run),
        LedgerNote.Open(_directory.LedgerNotePath, run),
        new AuditTopic(Pipeline, _options.Edge.Id).StoreAsync,
        _options.Http.Ack != AckLevel.Kafka,
        _logger,
        _clock);

    private BeaconApplication Application(IntakeCounters counters, TopicNames topics)
    {
        var limits = _options.Limits;
        var decoding = new DecodeOptions
        {
            Layouts = EventSchemas.Layouts,
            UnknownFields = _options.Events.UnknownFields == UnknownFields.Ext ? UnknownFieldPolicy.Keep : UnknownFieldPolicy.Reject,
            EventBytesMax = limits.EventBytesMax,
            BatchEventsMax = limits.EventsMax,
            JsonDepthMax = limits.JsonDepthMax,
        };
        var ipPolicy = new IpPolicy(_options.Privacy.IpV4Bits, _options.Privacy.IpV6Bits);
        var addresses = new ClientAddressResolver(new TrustedProxies(_options.Proxies.Trusted));
        var ledger = new IntakeLedger(_ledger);
        var badEvents = new BadEventWriter(Pipeline, _gate, counters, ledger, ipPolicy, limits, _options.Edge.Id, _clock);
        var intake = new EventIntake(Pipeline, _gate, decoding, addresses, ipPolicy, badEvents, counters, ledger, _options.Edge.Id, _clock);
        var batches = new EventBatchPool();
        return new BeaconApplication(
            new Routes(_options.Http.PixelPrefixes),
            counters,
            new PixelRoute(intake, counters),
            new EventsRoute(intake, batches, counters, limits, topics.All),
            new BeaconRoute(intake, batches, counters, limits),
            new ClickRoute(intake, new RedirectTargets(_options.Click.AllowedHosts), counters, _options.Http, _clock),
            new BillingRoute(intake, batches, counters, limits));
    }

    private bool IsShown(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter) || instrument.Meter.Name == "System.Runtime";

    private void LogPipeline(EmitterLogLevel level, string text) => Log.Pipeline(_logger, level switch
    {
        EmitterLogLevel.Debug => LogLevel.Debug,
        EmitterLogLevel.Information => LogLevel.Information,
        EmitterLogLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    }, text);

    /// <summary>Parts end in the opposite order of their start.</summary>
    private T Track<T>(T part)
        where T : class
    {
        _parts.Push(part as IAsyncDisposable ?? AsyncDisposable.From((IDisposable)part));
        return part;
    }
}

/// <summary>Lets a part that ends at once stand among those that take time.</summary>
internal sealed class AsyncDisposable : IAsyncDisposable
{
    private readonly IDisposable _part;

    private AsyncDisposable(IDisposable part)
    {
        _part = part;
    }

    public static AsyncDisposable From(IDisposable part) => new(part);

    public ValueTask DisposeAsync()
    {
        _part.Dispose();
        return ValueTask.CompletedTask;
    }
}
