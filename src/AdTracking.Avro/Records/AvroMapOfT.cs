using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AdTracking.Avro.Records;

/// <summary>A value of Avro's <c>map</c> in a generated record: it cannot be changed, and two maps are equal when their entries are, in
/// whatever order. Written as a dictionary or a collection expression: <c>Ext = [new("k", "v")]</c>.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Avro's own word")]
[CollectionBuilder(typeof(AvroMap), nameof(AvroMap.Create))]
public sealed class AvroMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<AvroMap<TValue>>
{
    private readonly Dictionary<string, TValue> _entries;

    internal AvroMap(Dictionary<string, TValue> entries) => _entries = entries;

    /// <summary>The empty map.</summary>
    internal static AvroMap<TValue> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Keys;

    /// <inheritdoc/>
    public IEnumerable<TValue> Values => _entries.Values;

    /// <inheritdoc/>
    public TValue this[string key] => _entries[key];

    /// <summary>A map of a copy of the entries.</summary>
    public static implicit operator AvroMap<TValue>(Dictionary<string, TValue> entries) => AvroMap.FromDictionary(entries);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value) => _entries.TryGetValue(key, out value);

    /// <summary>Goes through the entries without allocating.</summary>
    public Dictionary<string, TValue>.Enumerator GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<KeyValuePair<string, TValue>> IEnumerable<KeyValuePair<string, TValue>>.GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(AvroMap<TValue>? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach ((var key, var value) in _entries)
        {
            if (!other.TryGetValue(key, out var its) || !EqualityComparer<TValue>.Default.Equals(value, its))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AvroMap<TValue>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 0;
        foreach ((var key, var value) in _entries)
        {
            hash ^= HashCode.Combine(key, value);
        }

        return hash;
    }

    /// <summary>The entries between braces.</summary>
    public override string ToString() => $"{{{string.Join(", ", _entries.Select(static e => $"{e.Key}: {e.Value}"))}}}";
}
