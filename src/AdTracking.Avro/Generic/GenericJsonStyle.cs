namespace AdTracking.Avro.Generic;

/// <summary>How values look as JSON.</summary>
public enum GenericJsonStyle
{
    /// <summary>For people and scripts: a union's value is written without its branch; bytes are text where they are printable UTF-8, otherwise
    /// <c>base64:...</c>; decimals are decimal text, UUIDs are UUIDs, durations are objects; times stay numbers.</summary>
    Readable,

    /// <summary>Avro's own JSON encoding: a union's value is in an object under its branch's name, bytes and fixed are the characters
    /// U+0000 to U+00FF, logical types look like their underlying types.</summary>
    AvroJson,
}
