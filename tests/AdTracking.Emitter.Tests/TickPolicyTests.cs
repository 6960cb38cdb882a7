using AdTracking.Emitter.Delivery;

namespace AdTracking.Emitter.Tests;

public sealed class TickPolicyTests
{
    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(40, 36, 18)]
    [InlineData(200, 72, 25)]
    [InlineData(10_000, 36, 5)]
    [InlineData(0, 0, 5)]
    public void Next_SteadyRate_SettlesAtTheTickThatFits(int events, int partitions, int expectedMs)
    {
        var policy = new TickPolicy(5, 25);
        for (var i = 0; i < 20; i++)
        {
            policy.Next(events, partitions);
        }

        policy.CurrentMs.ShouldBe(expectedMs);
    }
}
