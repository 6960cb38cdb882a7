namespace AdTracking.SchemaTool.Model;

/// <summary>What the <c>adt.</c> attributes of a field say. Everything is optional.</summary>
internal sealed record FieldConstraints
{
    /// <summary>Short name in query strings and forms; ends with <c>*</c> for a prefix.</summary>
    public string? Query { get; init; }

    /// <summary>One more query name for the same field.</summary>
    public string? QueryAlias { get; init; }

    /// <summary>True when only the gateway may set the field: in the input it is an error.</summary>
    public bool GatewayOwned { get; init; }

    /// <summary>True when a sender must give the field.</summary>
    public bool Required { get; init; }

    /// <summary>Most bytes of UTF-8 (strings, values of maps) or bytes.</summary>
    public int? LengthMax { get; init; }

    /// <summary>Most items of an array or entries of a map.</summary>
    public int? ItemsMax { get; init; }

    /// <summary>Most bytes of UTF-8 in a key of a map.</summary>
    public int? KeyLengthMax { get; init; }

    /// <summary>Smallest and largest number.</summary>
    public (long Min, long Max)? Range { get; init; }

    /// <summary>Form of a string: one of <see cref="FieldVocabulary.Patterns"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>What an unresolved macro does: one of <see cref="FieldVocabulary.Macros"/>.</summary>
    public string? Macro { get; init; }

    /// <summary>Meaning beyond the type: one of <see cref="FieldVocabulary.Kinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>JSON name under which the same amount may come as a decimal.</summary>
    public string? DecimalName { get; init; }

    /// <summary>What the value tells about people: one of <see cref="FieldVocabulary.Privacies"/>.</summary>
    public string? Privacy { get; init; }
}
