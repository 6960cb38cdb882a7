namespace AdTracking.Events.Values;

/// <summary>Whether a value is a real one, or a macro.</summary>
public enum MacroState : byte
{
    /// <summary>A value.</summary>
    Resolved,

    /// <summary>Nothing, "unknown", "not shareable", or the name of a macro that was not replaced.</summary>
    Unresolved,

    /// <summary><c>AUDIT</c>: an exchange's check of the creative.</summary>
    Audit,
}
