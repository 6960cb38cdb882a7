namespace AdTracking.Avro.Records;

/// <summary>A value of Avro's <c>bytes</c> or <c>fixed</c> in a generated record: bytes that are equal when their content is.</summary>
public readonly struct AvroBytes : IEquatable<AvroBytes>
{
    /// <summary>Wraps bytes without copying them; the caller must not change them afterwards.</summary>
    public AvroBytes(ReadOnlyMemory<byte> memory) => Memory = memory;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The bytes as a span.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Number of bytes.</summary>
    public int Length => Memory.Length;

    /// <summary>Wraps memory without copying it.</summary>
    public static implicit operator AvroBytes(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>True when the content is the same.</summary>
    public static bool operator ==(AvroBytes left, AvroBytes right) => left.Equals(right);

    /// <summary>True when the content differs.</summary>
    public static bool operator !=(AvroBytes left, AvroBytes right) => !left.Equals(right);

    /// <summary>The named form of the conversion.</summary>
    public static AvroBytes FromReadOnlyMemory(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public bool Equals(AvroBytes other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AvroBytes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The length, and the first 16 bytes in hex.</summary>
    public override string ToString() =>
        $"{Length} bytes {Convert.ToHexStringLower(Span[..Math.Min(Length, 16)])}{(Length > 16 ? "..." : "")}";
}
