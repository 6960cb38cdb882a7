using AdTracking.Kafka.Authentication;

namespace AdTracking.Kafka.Client.Tests.Connections;

/// <summary>A token that is there.</summary>
internal sealed class FixedToken(string token) : ITokenSource
{
    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(token);
}
