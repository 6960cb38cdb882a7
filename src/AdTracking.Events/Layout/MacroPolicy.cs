using AdTracking.Events.Values;

namespace AdTracking.Events.Layout;

/// <summary>What an unresolved macro (<see cref="UnresolvedMacro"/>) does to a field and its event.</summary>
public enum MacroPolicy : byte
{
    /// <summary>The value is taken as it is; no macro is looked for.</summary>
    None,

    /// <summary>The field is left out and counted.</summary>
    Optional,

    /// <summary>The field is left out and the event is kept, but not billable.</summary>
    Billing,
}
