using AdTracking.Emitter.Kafka;

namespace AdTracking.Soak.Tests;

/// <summary>The oracle that the fault suite rests on must object where something is wrong: one fault in ten thousand, each kind for itself.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int EventCount = 22_000;
    private const int OffsetOutOfRange = 1;

    [Fact]
    public async Task Oracle_OneInTenThousandDropped_CountsThemMissing()
    {
        var (report, faulty) = await RunAsync(InjectedFault.Drop);

        report.Missing.ShouldBe(faulty.Injected, "pixels, and lines of batches");
        faulty.Injected.ShouldBeGreaterThanOrEqualTo(4);
        (report.Spurious + report.Corrupted + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandStoredTwice_CountsThemDoubled()
    {
        var (report, faulty) = await RunAsync(InjectedFault.Double);

        report.Doubled.ShouldBe(faulty.Injected);
        faulty.Injected.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Spurious + report.Corrupted + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandChanged_CountsThemCorrupted()
    {
        var (report, faulty) = await RunAsync(InjectedFault.Corrupt);

        report.Corrupted.ShouldBe(faulty.Injected);
        faulty.Injected.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Spurious + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandInvented_CountsThemSpurious()
    {
        var (report, faulty) = await RunAsync(InjectedFault.Invent);

        report.Spurious.ShouldBe(faulty.Injected);
        faulty.Injected.ShouldBeGreaterThanOrEqualTo(2);
        (report.Missing + report.Corrupted + report.Doubled + report.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public async Task Oracle_OneInTenThousandOvertaken_CountsThemOutOfOrder()
    {
        var (report, faulty) = await RunAsync(InjectedFault.Overtake);

        report.OutOfOrder.ShouldNotBeNull().ShouldBeInRange(1, faulty.Injected);
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
        await oracle.WaitAsync(progress => progress.Read > 1_000, OracleRun.Limit, "events read");

        // librdkafka stops reading every partition that an answer says this of, and does not begin again.
        kafka.FailFetchRequests([OffsetOutOfRange, OffsetOutOfRange]);
        await oracle.WaitAsync(progress => progress.Sent > 8_000, OracleRun.Limit, "more events sent");
        var report = await oracle.FinishAsync();

        TestReport.Line(output, $"oracle whose consumer gave up: {report}");
        report.IsClean.ShouldBeTrue(report.ToString());
        report.RecordsHeld.ShouldBe(report.RecordsRead);
        report.Answers.ShouldContainKey("reader: reopened");
    }

    private Task<(OracleReport Report, FaultyGateway Faulty)> RunAsync(InjectedFault fault) => OracleRun.RunAsync(output, EventCount, every: 10_000, fault);
}
