namespace AdTracking.SchemaTool.Registry;

/// <summary>Addresses as they are said on a command line.</summary>
internal static class SchemaRegistryAddress
{
    /// <summary>True for absolute http and https addresses with commas between.</summary>
    public static bool IsUsable(string? addresses)
    {
        var nodes = (addresses ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return nodes.Length > 0 && Array.TrueForAll(nodes, node =>
            Uri.TryCreate(node, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");
    }
}
