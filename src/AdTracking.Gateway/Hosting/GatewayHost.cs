using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Accounting;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Readiness;
using AdTracking.Gateway.Storage;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Hosting;

/// <summary>A running gateway, made by <see cref="GatewayStart"/>: where it is, and how it ends.</summary>
/// <param name="options">The settings.</param>
/// <param name="addresses">Where it really listens and sends to.</param>
/// <param name="pipeline">The pipeline.</param>
/// <param name="ledger">What was counted.</param>
/// <param name="accounts">Publishes that.</param>
/// <param name="gate">The door.</param>
/// <param name="listener">The public listener.</param>
/// <param name="logger">Says how the drain went.</param>
/// <param name="clock">The clock.</param>
/// <param name="parts">All parts, which end with the gateway.</param>
internal sealed class GatewayHost(
    GatewayOptions options,
    GatewayFile addresses,
    EventPipeline pipeline,
    Ledger ledger,
    LedgerPublisher accounts,
    IntakeGate gate,
    PublicListener listener,
    ILogger logger,
    TimeProvider clock,
    PartStack parts)
    : IAsyncDisposable
{
    /// <summary>Where it really listens and sends to.</summary>
    public GatewayFile Addresses => addresses;

    public EventPipeline Pipeline => pipeline;

    public bool IsEmbedded => options.Kafka.IsEmbedded;

    /// <summary>Not ready first, then no new connections, then everything accepted to Kafka; all within the drain deadline.</summary>
    public async Task DrainAsync()
    {
        var deadline = TimeSpan.FromMilliseconds(options.Drain.DeadlineMs);
        var startedAt = clock.GetTimestamp();
        gate.BeginDrain("The gateway is draining.");
        using (var listenerDeadline = new CancellationTokenSource(deadline, clock))
        {
            await listener.StopAsync(listenerDeadline.Token);
        }

        // Most of what is left is for the events, the rest for the account of them.
        await accounts.FinishAsync(Left(deadline, startedAt) * 0.9);
        var isDrained = await pipeline.DrainAsync(Left(deadline, startedAt));
        var left = ledger.Totals().Where(LedgerEntries.IsAccounted).Sum(cell => cell.Waiting);
        if (isDrained)
        {
            Log.Drained(logger);
        }
        else if (options.Http.Ack != AckLevel.Kafka)
        {
            Log.DrainedToJournal(logger, left);
        }
        else
        {
            Log.DrainedInPart(logger, left);
        }
    }

    private TimeSpan Left(TimeSpan deadline, long startedAt)
    {
        var left = deadline - clock.GetElapsedTime(startedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public ValueTask DisposeAsync() => parts.DisposeAsync();
}
