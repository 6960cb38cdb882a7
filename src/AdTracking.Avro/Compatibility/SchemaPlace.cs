namespace AdTracking.Avro.Compatibility;

/// <summary>A place in a schema's text.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901): <c>/fields/3/type/1</c>; empty for the whole schema.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public sealed record SchemaPlace(string Pointer, int Line, int Column);
