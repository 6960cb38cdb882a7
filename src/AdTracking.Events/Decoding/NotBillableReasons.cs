namespace AdTracking.Events.Decoding;

/// <summary>Text of <see cref="NotBillable"/> as it is stored and counted.</summary>
public static class NotBillableReasons
{
    /// <summary>UTF-8 of the reason; empty for a billable event.</summary>
    /// <param name="reason">Reason.</param>
    public static ReadOnlySpan<byte> Text(NotBillable reason) => reason switch
    {
        NotBillable.UnresolvedMacro => "unresolved_macro"u8,
        NotBillable.Audit => "audit"u8,
        NotBillable.Test => "test"u8,
        NotBillable.Expired => "expired"u8,
        NotBillable.Signature => "signature"u8,
        NotBillable.Duplicate => "duplicate"u8,
        _ => default,
    };
}
