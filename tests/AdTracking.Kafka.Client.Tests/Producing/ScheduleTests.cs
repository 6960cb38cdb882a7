using AdTracking.Kafka.Producing;
using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Client.Tests.Producing;

/// <summary>Seeded schedules of everything that can go wrong: nothing is lost, twice or out of order, and every report is true.</summary>
public sealed class ScheduleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 30)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    public void Run_SeededSchedules_EveryReportIsTrue(int intensity, int badRecords)
    {
        var schedules = Scale.Of(60, 20_000);
        var start = Seeds.Next(output);
        var fatal = 0;
        var outcomes = new Dictionary<RecordOutcome, int>();
        var answered = new Dictionary<KafkaError, int>();
        for (var seed = start; seed < start + schedules; seed++)
        {
            using var run = Schedule.Run(seed, intensity, badRecords);
            if (run.Core.FatalReason is not (null or "purged"))
            {
                fatal++;
                output.WriteLine($"seed {seed}: {run.Core.FatalReason}");
            }

            foreach (var report in run.Reports.Values)
            {
                outcomes[report.Outcome] = outcomes.GetValueOrDefault(report.Outcome) + 1;
            }

            foreach (var (error, count) in run.Cluster.Answered)
            {
                answered[error] = answered.GetValueOrDefault(error) + count;
            }
        }

        output.WriteLine($"{schedules} schedules, {fatal} ended; {string.Join(", ", outcomes)}; answers: {string.Join(", ", answered)}");
        outcomes[RecordOutcome.Delivered].ShouldBeGreaterThan(10 * schedules);
        if (intensity == 0 || badRecords == 0)
        {
            fatal.ShouldBe(0, "nothing in these schedules is a reason to end");
        }

        // Only a refusal that meets a doubt is a reason to end, and only then something is given back or stays in doubt.
        outcomes.Keys.ShouldBe(
            intensity > 1 ? Enum.GetValues<RecordOutcome>() : badRecords > 0 ? [RecordOutcome.Delivered, RecordOutcome.Refused] : [RecordOutcome.Delivered],
            ignoreOrder: true);
    }
}
