namespace AdTracking.System.Tests.Load;

/// <summary>The ways in.</summary>
internal enum LoadRoute
{
    /// <summary>POST /v1/events, one object.</summary>
    PostOne,

    /// <summary>POST /v1/events, an array.</summary>
    PostArray,

    /// <summary>POST /v1/events, <c>{"events":[...]}</c>.</summary>
    PostEnvelope,

    /// <summary>POST /v1/events, a line an event.</summary>
    PostLines,

    /// <summary>GET /v1/i.</summary>
    ImpressionPixel,

    /// <summary>GET /v1/e.</summary>
    EngagementPixel,

    /// <summary>POST /v1/b, text/plain, an array.</summary>
    Beacon,

    /// <summary>GET /v1/c.</summary>
    Click,

    /// <summary>GET /v1/burl.</summary>
    BillingNotice,
}
