namespace AdTracking.Avro.Schemas;

/// <summary>The types of Avro.</summary>
public enum SchemaType
{
    /// <summary>No value: no bytes.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>32-bit signed.</summary>
    Int,

    /// <summary>64-bit signed.</summary>
    Long,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double,

    /// <summary>A sequence of bytes.</summary>
    Bytes,

    /// <summary>Unicode text, as UTF-8.</summary>
    String,

    /// <summary>Named fields in order.</summary>
    Record,

    /// <summary>One of named symbols.</summary>
    Enum,

    /// <summary>A number of bytes that the schema fixes.</summary>
    Fixed,

    /// <summary>Items of one schema.</summary>
    Array,

    /// <summary>Values of one schema by string key.</summary>
    Map,

    /// <summary>One of several schemas.</summary>
    Union,
}
