using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

/// <summary>What every generated record can do.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IAvroRecord<TSelf>
    where TSelf : IAvroRecord<TSelf>
{
    /// <summary>The schema that the record was generated from and that <see cref="Encode"/> uses.</summary>
    static abstract string SchemaJson { get; }

    /// <summary>Reads a record; null when the data holds none, and the reader's error says why.</summary>
    static abstract TSelf? Decode(ref AvroReader reader);

    /// <summary>Writes the record. Allocates nothing; the writer knows afterwards whether it fitted.</summary>
    void Encode(ref AvroWriter writer);
}
