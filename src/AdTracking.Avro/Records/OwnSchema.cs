using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Records;

/// <summary>The schema of a generated record, parsed once.</summary>
internal static class OwnSchema<T>
    where T : IAvroRecord<T>
{
    public static readonly AvroSchema Schema = SchemaParser.Parse(T.SchemaJson).Required();
    public static readonly ulong Fingerprint = SchemaFingerprint.Crc64(Schema);
}
