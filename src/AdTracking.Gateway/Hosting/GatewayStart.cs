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

/// <summary>Puts a gateway together. Holds no logic of its own beside the order of starting.</summary>
internal sealed class GatewayStart
{
    private readonly GatewayOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly PartStack _parts;
    private readonly IntakeGate _gate = new();
    private readonly Ledger _ledger = new();
    private readonly Meter _meter;

    private GatewayStart(GatewayOptions options, ILoggerFactory loggers, TimeProvider clock, PartStack parts)
    {
        _options = options;
        _clock = clock;
        _loggers = loggers;
        _logger = loggers.CreateLogger("AdTracking.Gateway");
        _parts = parts;
        _meter = parts.Track(new Meter(new MeterOptions("AdTracking.Gateway") { Version = ProductVersion.Text, Scope = this }));
    }

    /// <summary>Starts a gateway.</summary>
    /// <exception cref="StartRefusedException">It cannot start; whatever was started is ended again.</exception>
    public static async Task<GatewayHost> RunAsync(
        GatewayOptions options, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancellation)
    {
        var parts = new PartStack();
        try
        {
            return await new GatewayStart(options, loggers, clock, parts).RunAsync(cancellation);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    private async Task<GatewayHost> RunAsync(CancellationToken cancellation)
    {
        var directory = _parts.Track(DataDirectory.Open(_options.Data.Directory));
        directory.MakeJournal();
        var kafka = _parts.Track(KafkaBackend.Start(_options));
        var registry = _parts.Track(await RegistryBackend.StartAsync(_options, directory, _loggers, cancellation));
        var guard = new ClusterCheck(_options, kafka, directory, registry.Name, _logger);
        await guard.CheckTopicsAsync(cancellation);
        var start = new PipelineStart(_options, kafka, registry, directory, guard, _clock, new SettingNamesLogger(_loggers.CreateLogger("AdTracking.Emitter")));
        var listening = new TaskCompletionSource();
        var pipeline = _parts.Track(await start.RunAsync(_ledger, guard.IsKafkaSeen, listening.Task, cancellation));
        guard.CheckOwner(pipeline);

        var readiness = new HealthReport(pipeline, _gate, guard);
        var connections = new ConnectionGauge();
        var counters = new IntakeCounters(_meter);
        var metrics = Metrics(pipeline, readiness, connections, kafka.Topics);
        var run = LedgerRun.Begin(_clock.GetUtcNow());
        var accounts = _parts.Track(Accounts(run, directory, pipeline));
        GatewayFile? addresses = null;
        var account = new LedgerRoute(_ledger, _options.Edge.Id, run, _clock);
        var routes = new AdminRoutes(readiness, pipeline, account, metrics, () => addresses, _clock.GetUtcNow());
        var admin = _parts.Track(await ControlServer.StartAsync(
            "Admin:Port", IPAddress.Parse(_options.Admin.Address), _options.Admin.Port, _loggers, routes.Map, cancellation));
        var listener = _parts.Track(new PublicListener(_options, connections, _loggers));
        await listener.StartAsync(Application(pipeline, counters, kafka.Topics), cancellation);
        listening.SetResult();
        accounts.Start();

        addresses = new GatewayFile(Environment.ProcessId, listener.Address, admin.Address, kafka.BootstrapServers, registry.Address);
        addresses.Write(directory.GatewayFilePath);
        _parts.Track(new DeleteOnDispose(directory.GatewayFilePath));
        return new GatewayHost(_options, addresses, pipeline, _ledger, accounts, _gate, listener, _logger, _clock, _parts);
    }

    private MeterCollector Metrics(EventPipeline pipeline, HealthReport readiness, ConnectionGauge connections, TopicNames topics)
    {
        var snapshots = new SnapshotSource(pipeline.Snapshot);
        PipelineMetrics.Register(_meter, snapshots, readiness, connections, topics);
        JournalMetrics.Register(_meter, snapshots);
        LedgerMetrics.Register(_meter, snapshots);
        var metrics = _parts.Track(new MeterCollector(IsShown));
        if (_options.Otlp.Endpoint.Length > 0)
        {
            _parts.Track(OtlpExport.Start(_options.Otlp.Endpoint, _options.Edge.Id, ProductVersion.Text));
            Log.Otlp(_logger, _options.Otlp.Endpoint);
        }

        return metrics;
    }

    private LedgerPublisher Accounts(LedgerRun run, DataDirectory directory, EventPipeline pipeline) => new(
        _ledger,
        new LedgerEntries(_options.Edge.Id, run),
        LedgerNote.Open(directory.LedgerNotePath, run),
        new AuditTopic(pipeline, _options.Edge.Id).StoreAsync,
        _options.Http.Ack != AckLevel.Kafka,
        _logger,
        _clock);

    private BeaconApplication Application(EventPipeline pipeline, IntakeCounters counters, TopicNames topics)
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
        var badEvents = new BadEventWriter(pipeline, counters, ledger, ipPolicy, limits, _options.Edge.Id, _clock);
        var intake = new EventIntake(pipeline, _gate, decoding, addresses, ipPolicy, badEvents, counters, ledger, _options.Edge.Id, _clock);
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
}
