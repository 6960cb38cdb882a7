namespace AdTracking.Oracle.Sending;

/// <summary>The ways into the gateway.</summary>
internal enum Route
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

    /// <summary>GET /v1/c: its 302 is no promise, since it goes out after 50 ms whatever became of the click.</summary>
    Click,

    /// <summary>GET /v1/burl.</summary>
    BillingNotice,
}
