namespace AdTracking.Faults.Testing;

/// <summary>The oracle against a faulty gateway, from its start to its report.</summary>
internal static class OracleRun
{
    /// <summary>How long any step may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Sends so many events through a gateway that has <paramref name="faults"/> by turns, one in <paramref name="every"/> events.</summary>
    public static async Task<(OracleReport Report, FaultyGateway Faulty)> RunAsync(
        ITestOutputHelper output, int events, int every, params InjectedFault[] faults)
    {
        using var folder = new TemporaryDirectory("fault");
        await using var gateway = await GatewayProcess.StartAsync(new Dictionary<string, string> { ["Click:AllowedHosts"] = "landing.example" });
        var file = folder.PathOf("gateway.json");
        using var faulty = new FaultyGateway(gateway.Addresses, file, every, faults);
        await using var oracle = OracleProcess.Start(
            file, "--rate", "5000", "--connections", "12", "--patience", "4", "--order", "--seed", $"{Seeds.Next(output)}");

        await oracle.WaitAsync(progress => progress.Sent >= events, Limit, "events sent");
        var owed = faulty.Owed;
        using var second = faults is [InjectedFault.AnswerEarly] ? await SucceedAsync(faulty, gateway, file, oracle) : null;
        var report = await oracle.FinishAsync();

        var which = faults.Length == 0 ? "no fault" : $"{string.Join(", ", faults)}";
        TestReport.Line(output, $"oracle against a gateway with {which} ({faulty.Injected} times, {owed} owed at its death): {report}");
        return (report, faulty);
    }

    // The gateway dies. The oracle has to find the gateway on its new port and go on.
    private static async Task<FaultyGateway> SucceedAsync(FaultyGateway faulty, GatewayProcess gateway, string file, OracleProcess oracle)
    {
        faulty.Dispose();
        var second = new FaultyGateway(gateway.Addresses, file, every: 1);
        var before = oracle.Progress.Promised;
        await oracle.WaitAsync(progress => progress.Promised > before + 4_000, Limit, "promises of the second gateway");
        return second;
    }
}
