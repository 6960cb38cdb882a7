namespace AdTracking.Avro.Compatibility;

/// <summary>The seven levels of compatibility that a registry enforces.</summary>
public enum CompatibilityLevel
{
    /// <summary>Anything goes.</summary>
    None,

    /// <summary>The new schema reads what the last one wrote.</summary>
    Backward,

    /// <summary>The new schema reads what every earlier one wrote.</summary>
    BackwardTransitive,

    /// <summary>The last schema reads what the new one writes.</summary>
    Forward,

    /// <summary>Every earlier schema reads what the new one writes.</summary>
    ForwardTransitive,

    /// <summary>Both ways with the last schema.</summary>
    Full,

    /// <summary>Both ways with every earlier schema.</summary>
    FullTransitive,
}
