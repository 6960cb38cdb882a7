namespace AdTracking.Events.Decoding;

/// <summary>Why an event is kept but not billed; stored as <c>not_billable_reason</c>.</summary>
public enum NotBillable : byte
{
    /// <summary>It is billable.</summary>
    No,

    /// <summary>A billing field arrived as a macro that was not replaced.</summary>
    UnresolvedMacro,

    /// <summary>A billing field says AUDIT: an exchange's check of the creative, not a delivery.</summary>
    Audit,

    /// <summary>Synthetic traffic.</summary>
    Test,

    /// <summary>A signature past its time.</summary>
    Expired,

    /// <summary>A signature that does not hold.</summary>
    Signature,

    /// <summary>A repetition.</summary>
    Duplicate,
}
