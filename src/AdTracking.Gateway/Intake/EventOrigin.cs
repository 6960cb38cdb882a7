namespace AdTracking.Gateway.Intake;

/// <summary>What a route says about its events where they do not say it themselves.</summary>
/// <param name="ImpliedName">The event name; empty when the event must bring one.</param>
/// <param name="TrackingMethod">AdCOM's event tracking method.</param>
/// <param name="BillingSource">Symbol index of <c>billing_source</c>, or -1.</param>
internal sealed record EventOrigin(byte[] ImpliedName, int TrackingMethod, int BillingSource)
{
    public static EventOrigin ImpressionPixel { get; } = new([.. "impression"u8], 1, (int)Events.BillingSource.Pixel);

    public static EventOrigin EngagementPixel { get; } = new([], 1, (int)Events.BillingSource.Pixel);

    public static EventOrigin Beacon { get; } = new([], 501, -1);

    public static EventOrigin ServerToServer { get; } = new([], 503, -1);

    public static EventOrigin BillingNotice { get; } = new([.. "impression"u8], 504, (int)Events.BillingSource.Burl);

    public static EventOrigin ClickRedirect { get; } = new([.. "click"u8], 505, -1);
}
