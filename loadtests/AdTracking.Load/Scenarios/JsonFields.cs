using System.Text.Json;

namespace AdTracking.Load.Scenarios;

/// <summary>Reads the members of one JSON object and collects every problem with its path.</summary>
internal sealed class JsonFields(JsonElement element, string path, List<string> problems)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The path of a member, as problems name it.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Notes a problem with a member.</summary>
    public void Problem(string name, string text) => problems.Add($"{PathOf(name)}: {text}");

    /// <summary>A member, or null.</summary>
    public JsonElement? Get(string name)
    {
        _known.Add(name);
        return element.TryGetProperty(name, out var value) ? value : null;
    }

    /// <summary>A text; without a default it is required.</summary>
    public string Text(string name, string? otherwise = null)
    {
        if (Get(name) is not { } value)
        {
            return otherwise ?? Missing(name);
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Problem(name, "must be a text that is not empty");
        return "";
    }

    /// <summary>A number within bounds; without a default it is required.</summary>
    public double Number(string name, double min, double max, double? otherwise = null)
    {
        if (Get(name) is not { } value)
        {
            return otherwise ?? (Missing(name).Length + min);
        }

        if (value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= min && number <= max)
        {
            return number;
        }

        Problem(name, $"must be a number from {min} to {max}");
        return min;
    }

    /// <summary>A whole number within bounds; without a default it is required.</summary>
    public long Whole(string name, long min, long max, long? otherwise = null)
    {
        var number = Number(name, min, max, otherwise);
        if (number != Math.Floor(number))
        {
            Problem(name, "must be a whole number");
        }

        return (long)number;
    }

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool otherwise)
    {
        var value = Get(name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Problem(name, "must be true or false");
            return otherwise;
        }

        return value is null ? otherwise : value.Value.GetBoolean();
    }

    /// <summary>The objects of a required array that is not empty.</summary>
    public IEnumerable<JsonFields> Objects(string name)
    {
        if (Get(name) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0)
        {
            Problem(name, "must be an array that is not empty");
            yield break;
        }

        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            var itemPath = $"{PathOf(name)}[{index++}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                yield return new JsonFields(item, itemPath, problems);
            }
            else
            {
                problems.Add($"{itemPath}: must be an object");
            }
        }
    }

    /// <summary>Reports members that nothing asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var member in element.EnumerateObject().Where(member => !_known.Contains(member.Name)))
        {
            Problem(member.Name, "is not known; known are " + string.Join(", ", _known.Order(StringComparer.Ordinal)));
        }
    }

    private string Missing(string name)
    {
        Problem(name, "is missing");
        return "";
    }
}
