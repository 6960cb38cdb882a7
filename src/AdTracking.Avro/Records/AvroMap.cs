using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

/// <summary>Makes <see cref="AvroMap{TValue}"/>s: behind collection expressions, and while decoding.</summary>
public static class AvroMap
{
    /// <summary>A map of a copy of <paramref name="entries"/>; of equal keys the last one stays.</summary>
    public static AvroMap<TValue> Create<TValue>(ReadOnlySpan<KeyValuePair<string, TValue>> entries)
    {
        if (entries.IsEmpty)
        {
            return AvroMap<TValue>.Empty;
        }

        var map = new Dictionary<string, TValue>(entries.Length, StringComparer.Ordinal);
        foreach ((var key, var value) in entries)
        {
            map[key] = value;
        }

        return new AvroMap<TValue>(map);
    }

    /// <summary>A map of a copy of <paramref name="entries"/>.</summary>
    public static AvroMap<TValue> FromDictionary<TValue>(Dictionary<string, TValue> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return new AvroMap<TValue>(new Dictionary<string, TValue>(entries, StringComparer.Ordinal));
    }

    /// <summary>Reads a map, whatever its blocks look like.</summary>
    /// <param name="reader">Where to read; its error says when the data was wrong.</param>
    /// <param name="valueBytesMin">The fewest bytes that a value can take.</param>
    /// <param name="readValue">Reads one value.</param>
    public static AvroMap<TValue> Read<TValue>(ref AvroReader reader, int valueBytesMin, AvroItemReader<TValue> readValue)
    {
        ArgumentNullException.ThrowIfNull(readValue);
        Dictionary<string, TValue>? map = null;
        for (var left = reader.ReadMapBlock(valueBytesMin); left > 0; left = reader.ReadMapBlock(valueBytesMin))
        {
            map ??= new Dictionary<string, TValue>(StringComparer.Ordinal);
            for (; left > 0 && !reader.Failed; left--)
            {
                map[reader.ReadString()] = readValue(ref reader);
            }
        }

        return map is null || reader.Failed ? AvroMap<TValue>.Empty : new AvroMap<TValue>(map);
    }
}
