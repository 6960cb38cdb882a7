using AdTracking.Avro.Resolution;

namespace AdTracking.Avro.Wire;

/// <summary>Why an <see cref="AvroReader"/> stopped. The first error stays.</summary>
public enum AvroReadError
{
    /// <summary>Nothing is wrong so far.</summary>
    None,

    /// <summary>The data ends in the middle of a value.</summary>
    EndOfData,

    /// <summary>An int of more than 32 bits or a long of more than 64.</summary>
    BadVarint,

    /// <summary>A boolean that is neither 0 nor 1.</summary>
    BadBoolean,

    /// <summary>A length below zero.</summary>
    NegativeLength,

    /// <summary>A length of bytes or string that is larger than what is left.</summary>
    LengthBeyondData,

    /// <summary>A count of items, or the size of a block, that what is left cannot hold.</summary>
    CountBeyondData,

    /// <summary>An enum index outside the symbols.</summary>
    BadEnumIndex,

    /// <summary>A union index outside the branches.</summary>
    BadUnionIndex,

    /// <summary>A string that is not UTF-8.</summary>
    BadUtf8,

    /// <summary>A logical value outside its type: not a UUID, a time beyond the calendar, a decimal that is too large.</summary>
    BadLogicalValue,

    /// <summary>Nesting beyond <see cref="AvroReadLimits.DepthMax"/>.</summary>
    TooDeep,

    /// <summary>More items than <see cref="AvroReadLimits.ItemsTotalMax"/>.</summary>
    TooManyItems,

    /// <summary>A string or bytes longer than <see cref="AvroReadLimits.ValueBytesMax"/>.</summary>
    TooLong,

    /// <summary>A block that says its size in bytes and has another.</summary>
    BlockSizeMismatch,

    /// <summary>Bytes after the end of the value.</summary>
    TrailingBytes,

    /// <summary>A value that the writer's schema allows and the reader's has no place for (<see cref="SchemaResolution"/>).</summary>
    NotResolvable,

    /// <summary>A message without the header of its encoding.</summary>
    BadFrame,

    /// <summary>A message of a schema that nobody here knows.</summary>
    UnknownSchema,
}
