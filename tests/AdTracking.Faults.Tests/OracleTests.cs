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
        var (report, _) = await RunAsync(Lie.None);

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
        var (report, lies) = await RunAsync(Lie.Drop);

        report.Missing.ShouldBe(lies, "pixels, and lines of batches");
        lies.ShouldBeGreaterThanOrEqualTo(4);
        (report.Spurious + report.Corrupted + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandStoredTwice_CountsThemDoubled()
    {
        var (report, lies) = await RunAsync(Lie.Double);

        report.Doubled.ShouldBe(lies);
        lies.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Spurious + report.Corrupted + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandChanged_CountsThemCorrupted()
    {
        var (report, lies) = await RunAsync(Lie.Corrupt);

        report.Corrupted.ShouldBe(lies);
        lies.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Spurious + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandInvented_CountsThemSpurious()
    {
        var (report, lies) = await RunAsync(Lie.Invent);

        report.Spurious.ShouldBe(lies);
        lies.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Corrupted + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandOvertaken_CountsThemOutOfOrder()
    {
        var (report, lies) = await RunAsync(Lie.Overtake);

        report.OutOfOrder.ShouldNotBeNull().ShouldBeInRange(1, lies);
        (report.Missing + report.Spurious + report.Corrupted + report.Doubled).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_AnsweredEarlyThenDead_CountsWhatDiedMissing()
    {
        var (report, _) = await RunAsync(Lie.AnswerEarly);

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

    private async Task<(OracleReport Report, int Lies)> RunAsync(Lie lie)
    {
        using var folder = new TemporaryDirectory("lie");
        await using var gateway = await GatewayProcess.StartAsync(new Dictionary<string, string> { ["Click:AllowedHosts"] = "landing.example" });
        using var liar = new LyingGateway(gateway.Addresses, lie, folder.PathOf("gateway.json"));
        await using var oracle = OracleProcess.Start(
            folder.PathOf("gateway.json"), "--rate", "5000", "--connections", "12", "--patience", "4", "--order", "--seed", $"{Seeds.Next(output)}");

        await oracle.WaitAsync(progress => progress.Sent >= EventCount, Limit, "events sent");
        var owed = liar.Owed;
        if (lie == Lie.AnswerEarly)
        {
            liar.Dispose();
        }
        // The oracle has to find the gateway on its new port and go on.
        using var second = lie == Lie.AnswerEarly ? new LyingGateway(gateway.Addresses, Lie.None, folder.PathOf("gateway.json")) : null;
        var report = await FinishAsync(oracle, lie);

        TestReport.Line(output, $"oracle against a gateway that does {lie} ({liar.Lies} times, {owed} owed at its death): {report}");
        return (report, liar.Lies);
    }

    private static async Task<OracleReport> FinishAsync(OracleProcess oracle, Lie lie)
    {
        if (lie == Lie.AnswerEarly)
        {
            var before = oracle.Progress.Promised;
            await oracle.WaitAsync(progress => progress.Promised > before + 4_000, Limit, "promises of the second gateway");
        }

        return await oracle.FinishAsync();
    }
}
