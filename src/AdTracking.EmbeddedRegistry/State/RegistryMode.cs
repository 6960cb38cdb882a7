namespace AdTracking.EmbeddedRegistry.State;

/// <summary>What may be changed.</summary>
internal static class RegistryMode
{
    public const string ReadWrite = "READWRITE";
    public const string ReadOnly = "READONLY";
    public const string ReadOnlyOverride = "READONLY_OVERRIDE";

    /// <summary>Schemas come with their ids and versions from another registry, and are not judged.</summary>
    public const string Import = "IMPORT";

    private static readonly string[] All = [ReadWrite, ReadOnly, ReadOnlyOverride, Import];

    /// <summary>The mode of a name, whatever its case; null for none.</summary>
    public static string? Parse(string? name) => Array.Find(All, mode => mode.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static bool IsReadOnly(string mode) => mode is ReadOnly or ReadOnlyOverride;
}
