namespace AdTracking.Avro.Containers;

/// <summary>What is constant in object container files (Avro 1.12, "Object Container Files").</summary>
/// <remarks>
/// <code>
/// file   = "Obj" 01, map of bytes (avro.schema, avro.codec, ...), 16 bytes sync, block*
/// block  = long objects, long bytes, the objects (compressed), the 16 bytes sync
/// </code>
/// </remarks>
internal static class ContainerFormat
{
    public const int SyncBytes = 16;
    public const string SchemaKey = "avro.schema";
    public const string CodecKey = "avro.codec";

    public static ReadOnlySpan<byte> Magic => "Obj\u0001"u8;

    public static string NameOf(ContainerCodec codec) => codec switch
    {
        ContainerCodec.Deflate => "deflate",
        ContainerCodec.Snappy => "snappy",
        _ => "null",
    };
}
