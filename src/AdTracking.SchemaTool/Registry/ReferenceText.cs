using AdTracking.SchemaRegistry;

namespace AdTracking.SchemaTool.Registry;

/// <summary>References as they are said on a command line: <c>TYPE=SUBJECT:VERSION</c>.</summary>
internal static class ReferenceText
{
    /// <summary>True where it can be read.</summary>
    public static bool IsUsable(string text)
    {
        var equals = text.IndexOf('=');
        var colon = text.LastIndexOf(':');
        return equals > 0 && colon > equals + 1 && int.TryParse(text.AsSpan(colon + 1), out var version) && version > 0;
    }

    /// <summary>Reads it.</summary>
    public static SchemaReference Parse(string text)
    {
        var equals = text.IndexOf('=');
        var colon = text.LastIndexOf(':');
        return new SchemaReference(text[..equals], text[(equals + 1)..colon], int.Parse(text.AsSpan(colon + 1)));
    }
}
