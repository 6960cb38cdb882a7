namespace AdTracking.Avro.Parsing;

/// <summary>What a schema's text may make the parser do. Immutable.</summary>
public sealed record SchemaParserOptions
{
    /// <summary>The defaults.</summary>
    public static SchemaParserOptions Default { get; } = new();

    /// <summary>Nesting of the JSON; a level of records takes three. 128.</summary>
    public int DepthMax { get; init; } = 128;

    /// <summary>Bytes of text. 1 MiB: the largest of our schemas has some 20 KiB.</summary>
    public int BytesMax { get; init; } = 1024 * 1024;

    /// <summary>Problems that are reported at most; the rest is left out. 100.</summary>
    public int ProblemsMax { get; init; } = 100;
}
