using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

/// <summary>Reads one item of an array or one value of a map.</summary>
public delegate T AvroItemReader<out T>(ref AvroReader reader);
