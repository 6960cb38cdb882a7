using System.Text.Json;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Model;

/// <summary>Reads <c>adt.</c> attributes of one field or record: typed, and with a problem for each that is malformed or unknown.</summary>
internal sealed class AttributeReader(SchemaProperties properties, Action<string, int, string> report)
{
    private const string Prefix = "adt.";

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>A text that is not empty.</summary>
    public string? Text(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        return Malformed<string?>(name, "a text that is not empty");
    }

    /// <summary>One of a few words.</summary>
    public string? Word(string name, string[] words)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()))
        {
            return value.GetString();
        }

        return Malformed<string?>(name, "one of " + string.Join(", ", words));
    }

    /// <summary>A positive number.</summary>
    public int? Positive(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0)
        {
            return number;
        }

        return Malformed<int?>(name, "a positive integer");
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name)
    {
        if (!TryGet(name, out var value))
        {
            return false;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        return Malformed<bool>(name, "true or false");
    }

    /// <summary>A pair of integers, the smaller first.</summary>
    public (long Min, long Max)? Range(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
            && value[0].ValueKind == JsonValueKind.Number && value[0].TryGetInt64(out var min)
            && value[1].ValueKind == JsonValueKind.Number && value[1].TryGetInt64(out var max) && min <= max)
        {
            return (min, max);
        }

        return Malformed<(long, long)?>(name, "[smallest, largest]");
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        return TextsOf(value) ?? Malformed<IReadOnlyList<string>>(name, "a list of texts") ?? [];
    }

    /// <summary>An object of texts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> TextPairs(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(static p => p.Value.ValueKind == JsonValueKind.String))
        {
            return [.. value.EnumerateObject().Select(static p => KeyValuePair.Create(p.Name, p.Value.GetString()!))];
        }

        return Malformed<IReadOnlyList<KeyValuePair<string, string>>>(name, "an object of texts") ?? [];
    }

    /// <summary>A list of texts, or an object of such lists; the object's keys are the groups.</summary>
    public IReadOnlyList<(string? Group, string Text)> GroupedTexts(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        if (TextsOf(value) is { } plain)
        {
            return [.. plain.Select(static text => ((string?)null, text))];
        }

        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(static p => TextsOf(p.Value) is not null))
        {
            return [.. value.EnumerateObject().SelectMany(static p => TextsOf(p.Value)!.Select(text => ((string?)p.Name, text)))];
        }

        return Malformed<IReadOnlyList<(string?, string)>>(name, "a list of texts, or lists by group") ?? [];
    }

    /// <summary>Reports the attributes that nobody asked for.</summary>
    public void ReportUnknown()
    {
        foreach (var name in properties.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !_asked.Contains(name)))
        {
            report(name, ProblemCode.UnknownAttribute, $"there is no attribute '{name}'");
        }
    }

    private static List<string>? TextsOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
            : null;

    private bool TryGet(string name, out JsonElement value)
    {
        _asked.Add(name);
        return properties.TryGetValue(name, out value);
    }

    private T? Malformed<T>(string name, string wanted)
    {
        report(name, ProblemCode.MalformedAttribute, $"'{name}' has to be {wanted}, and is {properties[name].GetRawText()}");
        return default;
    }
}
