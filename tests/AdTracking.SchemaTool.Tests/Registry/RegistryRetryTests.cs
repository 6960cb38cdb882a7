using System.Net;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Registry;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Retries: where another attempt may help, and not where the registry has answered.</summary>
public sealed class RegistryRetryTests
{
    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, 4)]
    [InlineData(HttpStatusCode.TooManyRequests, 4)]
    [InlineData(null, 4)]
    [InlineData(HttpStatusCode.Conflict, 1)]
    [InlineData(HttpStatusCode.OK, 4, true)]
    [InlineData(HttpStatusCode.Conflict, 4, true)]
    public async Task Of_Failure_IsTriedAgainOnlyWhereThatMayHelp(HttpStatusCode? status, int attempts, bool isGarbage = false)
    {
        var count = 0;
        var retries = RegistryRetries.Of(3, new InstantTimers())!;

        await Should.ThrowAsync<SchemaRegistryException>(retries(
            _ =>
            {
                count++;
                throw new SchemaRegistryException("no", status) { IsGarbage = isGarbage };
            },
            CancellationToken.None));

        count.ShouldBe(attempts);
    }

    [Fact]
    public async Task Of_SecondAttemptWorks_IsSuccess()
    {
        var count = 0;

        await RegistryRetries.Of(3, new InstantTimers())!(
            _ => ++count < 2 ? throw new SchemaRegistryException("no") : Task.CompletedTask, CancellationToken.None);

        count.ShouldBe(2);
    }

    [Fact]
    public void Of_NoRetries_IsNone() => RegistryRetries.Of(0, TimeProvider.System).ShouldBeNull();

    /// <summary>Timers that fire at once.</summary>
    private sealed class InstantTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
