namespace AdTracking.Events.Faults;

/// <summary>Why one event was rejected, without strings: the field by its index, or by where its name is in the view's bytes.</summary>
/// <param name="Code">Why.</param>
/// <param name="Field">Index in the layout, or -1.</param>
/// <param name="NameStart">Where an unknown name starts (a slot position of the view).</param>
/// <param name="NameLength">Its length in bytes; 0 for none.</param>
public readonly record struct EventFault(FaultCode Code, short Field = -1, int NameStart = 0, int NameLength = 0)
{
    /// <summary>No fault.</summary>
    public static EventFault None => default;

    /// <summary>There is a fault.</summary>
    public bool IsFault => Code != FaultCode.None;

    internal static EventFault Of(FaultCode code, int field) => new(code, (short)field);
}
