using System.Collections;
using System.Runtime.CompilerServices;

namespace AdTracking.Avro.Records;

/// <summary>A value of Avro's <c>array</c> in a generated record: it cannot be changed, and two lists are equal when their items are.
/// Written as a collection expression: <c>GppSid = [7, 8]</c>.</summary>
[CollectionBuilder(typeof(AvroList), nameof(AvroList.Create))]
public sealed class AvroList<T> : IReadOnlyList<T>, IEquatable<AvroList<T>>
{
    private readonly T[] _items;

    internal AvroList(T[] items) => _items = items;

    /// <summary>The empty list.</summary>
    internal static AvroList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>The items as a span.</summary>
    public ReadOnlySpan<T> Span => _items;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>Goes through the items without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(AvroList<T>? other) => other is not null && Span.SequenceEqual(other.Span, EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AvroList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>The items between brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", _items)}]";
}
