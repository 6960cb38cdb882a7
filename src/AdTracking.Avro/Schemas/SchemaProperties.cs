using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AdTracking.Avro.Schemas;

/// <summary>Attributes of a schema or field that Avro gives no meaning to, in the order of the text, with their places.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Avro's own word")]
public sealed class SchemaProperties : IReadOnlyDictionary<string, JsonElement>
{
    private readonly OrderedDictionary<string, (JsonElement Value, int Line, int Column)> _entries = [];

    /// <summary>None.</summary>
    public static SchemaProperties None { get; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Keys;

    /// <inheritdoc/>
    public IEnumerable<JsonElement> Values => _entries.Values.Select(entry => entry.Value);

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public JsonElement this[string key] => _entries[key].Value;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonElement value)
    {
        var found = _entries.TryGetValue(key, out var entry);
        value = entry.Value;
        return found;
    }

    /// <summary>Line and column of an attribute's value, from 1; 0, 0 where there is no such attribute.</summary>
    public (int Line, int Column) PlaceOf(string key) =>
        _entries.TryGetValue(key, out var entry) ? (entry.Line, entry.Column) : (0, 0);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() =>
        _entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Value)).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(string key, JsonElement value, (int Line, int Column) place) => _entries.Add(key, (value, place.Line, place.Column));
}
