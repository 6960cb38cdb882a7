namespace AdTracking.Avro.Compatibility;

/// <summary>Who reads whose data.</summary>
public enum EvolutionDirection
{
    /// <summary>The new schema reads what a released one wrote.</summary>
    Backward,

    /// <summary>A released schema reads what the new one writes.</summary>
    Forward,
}
