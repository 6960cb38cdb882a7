using AdTracking.Emitter.Kafka;
using AdTracking.Testing;

namespace AdTracking.Faults.Tests;

/// <summary>The oracle that the fault suite rests on must object where something is wrong, and only there.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int EventCount = 22_000;
    private const int OffsetOutOfRange = 1;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Oracle_FaultlessGateway_HasNothingToSay()
    {
        var (report, _) = await RunAsync(InjectedFault.None);

        report.IsClean.ShouldBeTrue(report.ToString());
        report.Promised.ShouldBeGreaterThan(EventCount * 9 / 10);
        report.RedirectedAndStored.ShouldBe(report.Redirected);
        report.RecordsRead.ShouldBe(report.Sent, "every event is in Kafka, by the broker's own count");
        report.RecordsHeld.ShouldBe(report.Sent);
        foreach (var route in (string[])["PostOne", "PostArray", "PostEnvelope", "PostLines", "ImpressionPixel", "EngagementPixel", "Beacon", "BillingNotice"])
        {
            report.Answers.ShouldContainKey($"promised by {route}");
        }
    }

    [Fact]
    public async Task Oracle_OneInTenThousandDropped_CountsThemMissing()
    {
        var (report, injected) = await RunAsync(InjectedFault.Drop);

        report.Missing.ShouldBe(injected, "pixels, and lines of batches");
        injected.ShouldBeGreaterThanOrEqualTo(4);
        (report.Spurious + report.Corrupted + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandStoredTwice_CountsThemDoubled()
    {
        var (report, injected) = await RunAsync(InjectedFault.Double);

        report.Doubled.ShouldBe(injected);
        injected.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Spurious + report.Corrupted + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandChanged_CountsThemCorrupted()
    {
        var (report, injected) = await RunAsync(InjectedFault.Corrupt);

        report.Corrupted.ShouldBe(injected);
        injected.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Spurious + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandInvented_CountsThemSpurious()
    {
        var (report, injected) = await RunAsync(InjectedFault.Invent);

        report.Spurious.ShouldBe(injected);
        injected.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Corrupted + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandOvertaken_CountsThemOutOfOrder()
    {
        var (report, injected) = await RunAsync(InjectedFault.Overtake);

        report.OutOfOrder.ShouldNotBeNull().ShouldBeInRange(1, injected);
        (report.Missing + report.Spurious + report.Corrupted + report.Doubled).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_AnsweredEarlyThenDead_CountsWhatDiedMissing()
    {
        var (report, _) = await RunAsync(InjectedFault.AnswerEarly);

        report.Missing.ShouldBeGreaterThan(0);
        (report.Spurious + report.Corrupted + report.Doubled).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_ItsConsumerGivesPartitionsUp_ReadsThemToTheirEndAllTheSame()
    {
        using var kafka = EmbeddedKafka.Start(new TopicNames(), partitionCount: 4);
        await using var gateway = await GatewayProcess.StartAsync(new Dictionary<string, string>
        {
            ["Kafka:BootstrapServers"] = kafka.BootstrapServers,
            ["Registry:Embedded"] = "true",
            ["Topics:PartitionCount"] = "4",
            ["Click:AllowedHosts"] = "landing.example",
        });
        var file = Path.Combine(gateway.DataDirectory, "gateway.json");
        await using var oracle = OracleProcess.Start(file, "--rate", "2000", "--patience", "4", "--seed", $"{Seeds.Next(output)}");
        await oracle.WaitAsync(progress => progress.Read > 1_000, Limit, "events read");

        // librdkafka stops reading every partition that an answer says this of, and does not begin again.
        kafka.FailFetchRequests([OffsetOutOfRange, OffsetOutOfRange]);
        await oracle.WaitAsync(progress => progress.Sent > 8_000, Limit, "more events sent");
        var report = await oracle.FinishAsync();

        TestReport.Line(output, $"oracle whose consumer gave up: {report}");
        report.IsClean.ShouldBeTrue(report.ToString());
        report.RecordsHeld.ShouldBe(report.RecordsRead);
        report.Answers.ShouldContainKey("reader: reopened");
    }

    private async Task<(OracleReport Report, int Injected)> RunAsync(InjectedFault fault)
    {
        using var folder = new TemporaryDirectory("fault");
        await using var gateway = await GatewayProcess.StartAsync(new Dictionary<string, string> { ["Click:AllowedHosts"] = "landing.example" });
        using var faulty = new FaultyGateway(gateway.Addresses, fault, folder.PathOf("gateway.json"));
        await using var oracle = OracleProcess.Start(
            folder.PathOf("gateway.json"), "--rate", "5000", "--connections", "12", "--patience", "4", "--order", "--seed", $"{Seeds.Next(output)}");

        await oracle.WaitAsync(progress => progress.Sent >= EventCount, Limit, "events sent");
        var owed = faulty.Owed;
        if (fault == InjectedFault.AnswerEarly)
        {
            faulty.Dispose();
        }
        // The oracle has to find the gateway on its new port and go on.
        using var second = fault == InjectedFault.AnswerEarly ? new FaultyGateway(gateway.Addresses, InjectedFault.None, folder.PathOf("gateway.json")) : null;
        var report = await FinishAsync(oracle, fault);

        TestReport.Line(output, $"oracle against a gateway that does {fault} ({faulty.Injected} times, {owed} owed at its death): {report}");
        return (report, faulty.Injected);
    }

    private static async Task<OracleReport> FinishAsync(OracleProcess oracle, InjectedFault fault)
    {
        if (fault == InjectedFault.AnswerEarly)
        {
            var before = oracle.Progress.Promised;
            await oracle.WaitAsync(progress => progress.Promised > before + 4_000, Limit, "promises of the second gateway");
        }

        return await oracle.FinishAsync();
    }
}
