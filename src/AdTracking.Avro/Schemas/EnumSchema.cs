namespace AdTracking.Avro.Schemas;

/// <summary>An enum: symbols in order.</summary>
public sealed class EnumSchema : NamedSchema
{
    internal EnumSchema(SchemaNaming naming, IReadOnlyList<string> symbols, string? @default, SchemaAttributes attributes)
        : base(SchemaType.Enum, naming, attributes)
    {
        Symbols = symbols;
        Default = @default;
    }

    /// <summary>The symbols; their index is what is encoded.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>The symbol that a reader takes for one it does not know, or null.</summary>
    public string? Default { get; }

    /// <inheritdoc/>
    public override int EncodedBytesMin => 1;

    /// <summary>The index of a symbol, or -1.</summary>
    public int IndexOf(string symbol)
    {
        for (var i = 0; i < Symbols.Count; i++)
        {
            if (Symbols[i] == symbol)
            {
                return i;
            }
        }

        return -1;
    }
}
