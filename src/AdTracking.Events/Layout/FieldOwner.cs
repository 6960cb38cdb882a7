namespace AdTracking.Events.Layout;

/// <summary>Who may set a field.</summary>
public enum FieldOwner : byte
{
    /// <summary>The sender of the event.</summary>
    Sender,

    /// <summary>Only the gateway: in the input the field is an error.</summary>
    Gateway,
}
