namespace AdTracking.Events.Decoding;

/// <summary>What happens to fields that the schema does not have.</summary>
public enum UnknownFieldPolicy
{
    /// <summary>Kept in <c>ext</c> within its limits.</summary>
    Keep,

    /// <summary>The event is rejected.</summary>
    Reject,
}
