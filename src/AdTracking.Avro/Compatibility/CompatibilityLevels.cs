namespace AdTracking.Avro.Compatibility;

/// <summary>The levels' names in the registry's API.</summary>
public static class CompatibilityLevels
{
    private static readonly string[] Names =
        ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE"];

    /// <summary>The name: <c>FULL_TRANSITIVE</c>.</summary>
    public static string NameOf(CompatibilityLevel level) => Names[(int)level];

    /// <summary>The level of a name, whatever its case.</summary>
    public static bool TryParse(string name, out CompatibilityLevel level)
    {
        level = (CompatibilityLevel)Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return Enum.IsDefined(level);
    }
}
