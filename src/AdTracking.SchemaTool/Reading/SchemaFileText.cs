using System.Text;

namespace AdTracking.SchemaTool.Reading;

/// <summary>The text of a schema file as everybody is to have it, whatever machine it was written on.</summary>
internal static class SchemaFileText
{
    /// <summary>Without byte order mark, with Unix line ends, without those at the end.</summary>
    public static string Normalised(ReadOnlySpan<byte> utf8) =>
        Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n');
}
