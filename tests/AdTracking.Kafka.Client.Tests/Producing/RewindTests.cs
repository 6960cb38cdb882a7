using AdTracking.Kafka.Client.Tests.Broker;
using AdTracking.Kafka.Producing;
using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Client.Tests.Producing;

/// <summary>Refusals and ends, one at a time.</summary>
public sealed class RewindTests
{
    [Theory]
    [InlineData(13)]
    [InlineData(7)]
    public void Step_OneBadRecordAmongMany_IsTheOnlyOneRefused(short version)
    {
        using var run = Start(version);

        run.HandOver(0, 0, 5, () => 0).ShouldBeTrue();
        run.HandOver(0, 0, 1, () => 1).ShouldBeTrue();
        run.HandOver(0, 0, 20, () => 0).ShouldBeTrue();
        run.Finish();
        run.Check();

        run.Reports.Values.Where(report => report.Outcome != RecordOutcome.Delivered).Select(report => (report.Opaque, report.Outcome, report.Error))
            .ShouldBe([(5ul, RecordOutcome.Refused, KafkaError.InvalidRecord)]);
    }

    [Theory]
    [InlineData(KafkaError.TopicAuthorizationFailed)]
    [InlineData(KafkaError.InvalidTimestamp)]
    public void Step_RefusedForAReasonOutsideOfTheRecords_GivesThemBackAndGoesOn(KafkaError reason)
    {
        using var run = Start(13);
        run.Cluster.FurtherErrors = [reason];
        for (var i = 0; i < 200; i++)
        {
            run.HandOver(0, i % 2, 3, () => 0).ShouldBeTrue();
            run.Tick(5);
        }

        run.Cluster.Heal();
        run.Finish();
        run.Check();

        run.Core.FatalReason.ShouldBe("purged");
        run.Reports.Values.Count(report => report.Outcome == RecordOutcome.Delivered).ShouldBeGreaterThan(300);
        run.Reports.Values.Where(report => report.Outcome != RecordOutcome.Delivered)
            .ShouldAllBe(report => report.Outcome == RecordOutcome.Returned && report.Error == reason);
    }

    [Fact]
    public void Purge_WhatWasNeverSent_IsGivenBack()
    {
        using var run = Start(13);
        run.HandOver(0, 0, 10, () => 0).ShouldBeTrue();

        run.Core.Purge();
        run.Tick(1);

        run.Reports.Values.ShouldAllBe(report => report.Outcome == RecordOutcome.Returned);
        run.Reports.Count.ShouldBe(10);
        run.HandOver(0, 0, 1, () => 0).ShouldBeFalse();
    }

    [Fact]
    public void HandOver_PartitionThatIsNotKnown_IsNotTaken()
    {
        using var run = Start(13);

        run.HandOver(0, 2, 1, () => 0).ShouldBeFalse();
        run.HandOver(0, -1, 1, () => 0).ShouldBeFalse();
    }

    private static ProducerRun Start(short version)
    {
        var cluster = new MemoryCluster(new Random(1), 1, ["first"], 2, version, 13);
        var run = new ProducerRun(
            cluster, new ProducerOptions { BootstrapServers = [MemoryCluster.AddressOf(0)], Topics = ["first"], Random = new Random(2) }, recordsMax: 1_000);
        while (run.Core.PartitionCount(0) == 0)
        {
            run.Tick(10);
        }

        return run;
    }
}
