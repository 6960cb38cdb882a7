using System.Runtime.CompilerServices;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>Pairs of schemas are equal only when they are the same objects: two anonymous types of one shape are two places in the text.</summary>
internal sealed class ByReference : IEqualityComparer<(AvroSchema Reader, AvroSchema Writer)>
{
    public static ByReference Instance { get; } = new();

    public bool Equals((AvroSchema Reader, AvroSchema Writer) x, (AvroSchema Reader, AvroSchema Writer) y) =>
        ReferenceEquals(x.Reader, y.Reader) && ReferenceEquals(x.Writer, y.Writer);

    public int GetHashCode((AvroSchema Reader, AvroSchema Writer) pair) =>
        HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Reader), RuntimeHelpers.GetHashCode(pair.Writer));
}
