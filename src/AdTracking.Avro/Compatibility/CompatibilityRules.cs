namespace AdTracking.Avro.Compatibility;

/// <summary>The rules' names, as Java's SchemaCompatibility and the registry print them.</summary>
public static class CompatibilityRules
{
    private static readonly string[] Names =
    [
        "TYPE_MISMATCH", "NAME_MISMATCH", "FIXED_SIZE_MISMATCH", "MISSING_ENUM_SYMBOLS", "MISSING_UNION_BRANCH",
        "READER_FIELD_MISSING_DEFAULT_VALUE", "AMBIGUOUS_ALIAS", "TOO_LARGE_TO_COMPARE", "DECIMAL_MISMATCH", "LOGICAL_TYPE_MISMATCH",
    ];

    /// <summary>The name: <c>READER_FIELD_MISSING_DEFAULT_VALUE</c>.</summary>
    public static string NameOf(CompatibilityRule rule) => Names[(int)rule];

    /// <summary>True for what the registry ignores: the bytes can be read, but mean something else.</summary>
    public static bool IsWarning(CompatibilityRule rule) => rule >= CompatibilityRule.DecimalMismatch;
}
