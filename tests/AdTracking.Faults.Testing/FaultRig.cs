namespace AdTracking.Faults.Testing;

/// <summary>A gateway that may be killed and started again on its data, real brokers, and the oracle that loads the one and reads the others.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly ITestOutputHelper _output;
    private readonly FaultOptions _options;
    private readonly KafkaCluster _kafka;
    private readonly TemporaryDirectory _folder;
    private readonly Topics _topics;
    private bool _isFinished;

    private FaultRig(ITestOutputHelper output, FaultOptions options, KafkaCluster kafka)
    {
        _output = output;
        _options = options;
        _kafka = kafka;
        _folder = new TemporaryDirectory("faults");
        _topics = new Topics($"{Path.GetFileName(_folder.FullPath)}.");
    }

    public GatewayProcess Gateway { get; private set; } = null!;

    public OracleProcess Oracle { get; private set; } = null!;

    public Topics Topics => _topics;

    /// <summary>The journal's directory, as this process sees it.</summary>
    public string Journal => Gateway.Seen(Path.Combine(DataDirectory, "journal"));

    private string DataDirectory => _folder.PathOf("data");

    /// <summary>Starts a gateway and the oracle, and waits until events flow.</summary>
    public static async Task<FaultRig> StartAsync(ITestOutputHelper output, KafkaCluster kafka, FaultOptions options)
    {
        var rig = Prepare(output, kafka, options);
        try
        {
            await rig.BootAsync();
            await rig.StartOracleAsync();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>A rig in which nothing runs yet.</summary>
    public static FaultRig Prepare(ITestOutputHelper output, KafkaCluster kafka, FaultOptions options) => new(output, options, kafka);

    /// <summary>Starts the gateway on the data that is there, and waits until it listens; with <paramref name="ready"/> until it is ready.</summary>
    public async Task BootAsync(bool ready = true)
    {
        Launch();
        await Gateway.WaitForAddressesAsync();
        if (ready)
        {
            await Gateway.WaitUntilReadyAsync();
        }
    }

    /// <summary>Starts the gateway and waits for nothing.</summary>
    public void Launch() => Gateway = GatewayProcess.Launch(Settings(), DataDirectory, _options.Wrapper?.Invoke(DataDirectory));

    /// <summary>Starts the oracle and waits until Kafka holds events.</summary>
    public async Task StartOracleAsync()
    {
        List<string> arguments =
        [
            "--seed", $"{Seeds.Next(_output)}",
            "--bootstrap", _kafka.BootstrapServers,
            "--topics", string.Join(',', _topics.Events),
            "--rate", $"{_options.Rate}",
            "--connections", $"{_options.Connections}",
            "--patience", "90",
            .. _options.OracleArguments,
        ];
        if (_options.JudgesOrder)
        {
            arguments.Add("--order");
        }

        Oracle = OracleProcess.Start(Gateway.Seen(Path.Combine(DataDirectory, "gateway.json")), [.. arguments]);
        await Oracle.WaitAsync(progress => progress.Read > 1_000, Limit, "the first events in Kafka");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (Gateway.HasExited)
        {
            throw new InvalidOperationException($"The gateway ended by itself, with {await Gateway.WaitForExitAsync()}:\n{Gateway.Output}");
        }

        await Gateway.KillAsync();
        await Gateway.DisposeAsync();
    }

    /// <summary>SIGTERM, and its exit code.</summary>
    public async Task<int> StopAsync(TimeSpan? limit = null)
    {
        var exitCode = await Gateway.TerminateAsync(limit);
        await Gateway.DisposeAsync();
        return exitCode;
    }

    /// <summary>Lets the time go by, with the load on.</summary>
    public Task LetRunAsync(TimeSpan time)
    {
        var until = Oracle.Progress.Ms + (long)time.TotalMilliseconds;
        return Oracle.WaitAsync(progress => progress.Ms >= until, time + Limit, $"{time} of load");
    }

    /// <summary>Waits until nothing is left in memory or journal that could still be handed over.</summary>
    public async Task WaitUntilEmptyAsync(TimeSpan? limit = null)
    {
        JournalFigures? figures = null;
        await Poll.UntilAsync(
            async () => (figures = await JournalFigures.ReadAsync(Gateway)).IsEmpty,
            limit ?? Limit,
            () => $"an empty journal: {figures}\n{Gateway.Output}");
    }

    /// <summary>Ends the load, waits for the backlog, has the oracle judge, and writes the row of the table.</summary>
    public async Task<OracleReport> FinishAsync(string what)
    {
        Oracle.Tell("hold");
        await WaitUntilEmptyAsync(TimeSpan.FromSeconds(300));
        var report = await Oracle.FinishAsync(TimeSpan.FromSeconds(300));
        FaultTable.Add(_output, _options.Name, what, report);
        if (!report.IsClean)
        {
            _output.WriteLine(Gateway.Output);
        }

        report.IsClean.ShouldBeTrue(report.ToString());
        _isFinished = true;
        return report;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Oracle is not null)
        {
            await Oracle.DisposeAsync();
        }

        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        if (_isFinished)
        {
            await _kafka.DeleteTopicsAsync(_topics.Events);
        }

        _folder.Dispose();
    }

    private Dictionary<string, string> Settings()
    {
        var settings = _topics.Settings(_options.BootstrapServers ?? _kafka.BootstrapServers, new Uri("http://unused"));
        settings.Remove("Registry:Url");
        settings["Registry:Embedded"] = "true";
        settings["Topics:PartitionCount"] = $"{_options.PartitionCount}";
        settings["Http:Ack"] = _options.Ack;
        if (_options.Producer is { } producer)
        {
            settings["Kafka:Producer"] = producer;
        }

        settings["Journal:ReconcileAfterMs"] = $"{_options.ReconcileAfterMs}";
        foreach (var (name, value) in _options.Settings)
        {
            settings[name] = value;
        }

        return settings;
    }
}
