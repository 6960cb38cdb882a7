using AdTracking.Avro.Compatibility;

namespace AdTracking.SchemaTool.Releases;

/// <summary>Numbers of the rules of compatibility: they are printed (ADT4001) and stay.</summary>
internal static class RuleCode
{
    private const int First = 4001;

    /// <summary>The number of a rule.</summary>
    public static int Of(CompatibilityRule rule) => First + (int)rule;
}
