using AdTracking.SchemaRegistry;
using Polly;
using Polly.Retry;

namespace AdTracking.SchemaTool.Registry;

/// <summary>Retries with growing pauses, where another attempt may help: no answer, time out, garbage, 408, 429, 5xx.</summary>
internal static class RegistryRetries
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The policy for a client's options; null for no retries.</summary>
    public static RegistryAttempts? Of(int retries, TimeProvider clock)
    {
        if (retries == 0)
        {
            return null;
        }

        var pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SchemaRegistryException>(static fault => fault.IsTransient),
                MaxRetryAttempts = retries,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
        return async (attempt, cancellation) => await pipeline.ExecuteAsync(async ended => await attempt(ended), cancellation);
    }
}
