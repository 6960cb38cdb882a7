using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>Random histories of appending, shipping, answering, failing, stalling, dying and waiting, on a clock of our own, against what
/// must always hold: accepted = delivered + refused + unknown + waiting, every event at most once in Kafka, its bytes as they
/// were.</summary>
public sealed class QueueModelTests(ITestOutputHelper output)
{
    [Fact]
    public void History_Random_KeepsTheAccount()
    {
        var first = Seeds.Next(output);
        var seen = new int[6];
        for (var i = 0; i < 150; i++)
        {
            using var history = new QueueHistory(first + i);
            try
            {
                history.Run(steps: 300);
                for (var j = 0; j < seen.Length; j++)
                {
                    seen[j] += history.Seen[j];
                }
            }
            catch
            {
                output.WriteLine($"the history that failed: TEST_SEED={first + i}");
                throw;
            }
        }

        output.WriteLine($"refused at the door, by Kafka, unknown, overdue, waiting blocks, stalls: {string.Join(", ", seen)}");
        seen.ShouldAllBe(count => count > 0, "a history that never meets these says nothing about them");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void History_KnownSeeds_KeepTheAccount(int seed)
    {
        using var history = new QueueHistory(seed);
        history.Run(steps: 2_000);
    }
}
