namespace AdTracking.Avro.Records;

/// <summary>The one value of Avro's <c>null</c>, where a generated record has a field, an item or a value of that type alone.</summary>
public readonly record struct AvroNull
{
    /// <inheritdoc/>
    public override string ToString() => "null";
}
