namespace AdTracking.Gateway.Configuration;

internal enum UnknownFields
{
    /// <summary>The event is rejected with <c>unknown_field</c>.</summary>
    Reject,

    /// <summary>The value goes to the event's <c>ext</c> map, within its limits.</summary>
    Ext,
}
