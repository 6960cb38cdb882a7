namespace AdTracking.Faults.Tests;

/// <summary>The oracle that this suite rests on must object where something is wrong, and only there.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private static readonly int EventCount = Scale.Of(10_000, 22_000);

    [Fact]
    public async Task Oracle_FaultlessGateway_HasNothingToSay()
    {
        var (report, _) = await OracleRun.RunAsync(output, EventCount, every: 1);

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
    public async Task Oracle_FiveKindsOfFault_CountsEachAsItsKind()
    {
        var (report, faulty) = await OracleRun.RunAsync(
            output, EventCount, every: 500, InjectedFault.Drop, InjectedFault.Double, InjectedFault.Corrupt, InjectedFault.Invent, InjectedFault.Overtake);

        faulty.TimesOf(InjectedFault.Overtake).ShouldBeGreaterThanOrEqualTo(2, "the last one by turns");
        report.Missing.ShouldBe(faulty.TimesOf(InjectedFault.Drop));
        report.Doubled.ShouldBe(faulty.TimesOf(InjectedFault.Double));
        report.Corrupted.ShouldBe(faulty.TimesOf(InjectedFault.Corrupt));
        report.Spurious.ShouldBe(faulty.TimesOf(InjectedFault.Invent));
        report.OutOfOrder.ShouldNotBeNull().ShouldBeInRange(1, faulty.TimesOf(InjectedFault.Overtake));
    }
}
