namespace AdTracking.Events.Values;

/// <summary>How a number text turned into a 64-bit integer.</summary>
internal enum NumberExactness
{
    /// <summary>Nothing lost.</summary>
    Exact,

    /// <summary>Digits were rounded away, half to even.</summary>
    Rounded,

    /// <summary>It does not fit; the value is saturated.</summary>
    Overflow,

    /// <summary>Not a number.</summary>
    NotANumber,
}
