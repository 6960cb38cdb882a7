using System.Text.Json;

namespace AdTracking.Cli.Tailing;

/// <summary>One <c>--filter field=value</c>. A dot leads into a map or a record: <c>ext.slot=top</c>.</summary>
/// <param name="Path">The field's name, and the names below it.</param>
/// <param name="Value">What the field must show: a string without quotes, anything else as JSON writes it.</param>
internal sealed record FieldFilter(IReadOnlyList<string> Path, string Value)
{
    /// <summary>Reads <c>field=value</c>; null when there is no field or no equals sign.</summary>
    public static FieldFilter? Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new FieldFilter(text[..equals].Split('.'), text[(equals + 1)..]) : null;
    }

    /// <summary>Whether a line has the field with that value.</summary>
    public bool Matches(JsonElement line)
    {
        foreach (var name in Path)
        {
            if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty(name, out line))
            {
                return false;
            }
        }

        return line.ValueKind == JsonValueKind.String ? line.ValueEquals(Value) : line.GetRawText() == Value;
    }
}
