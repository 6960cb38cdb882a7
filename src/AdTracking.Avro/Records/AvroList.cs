using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

/// <summary>Makes <see cref="AvroList{T}"/>s: behind collection expressions, and while decoding.</summary>
public static class AvroList
{
    /// <summary>A list of a copy of <paramref name="items"/>.</summary>
    public static AvroList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? AvroList<T>.Empty : new AvroList<T>(items.ToArray());

    /// <summary>Reads an array, whatever its blocks look like.</summary>
    /// <param name="reader">Where to read; its error says when the data was wrong.</param>
    /// <param name="itemBytesMin">The fewest bytes that an item can take.</param>
    /// <param name="readItem">Reads one item.</param>
    public static AvroList<T> Read<T>(ref AvroReader reader, int itemBytesMin, AvroItemReader<T> readItem)
    {
        ArgumentNullException.ThrowIfNull(readItem);
        List<T>? items = null;
        for (var left = reader.ReadArrayBlock(itemBytesMin); left > 0; left = reader.ReadArrayBlock(itemBytesMin))
        {
            items ??= [];
            for (; left > 0 && !reader.Failed; left--)
            {
                items.Add(readItem(ref reader));
            }
        }

        return items is null || reader.Failed ? AvroList<T>.Empty : new AvroList<T>([.. items]);
    }
}
