namespace AdTracking.Avro.Parsing;

/// <summary>Kinds of problems in a schema's text. The numbers are printed (ADT1001) and never change.</summary>
public enum SchemaProblemCode
{
    /// <summary>No problem.</summary>
    None = 0,

    /// <summary>The text is not JSON.</summary>
    JsonSyntax = 1001,

    /// <summary>A key occurs twice in one object.</summary>
    DuplicateKey = 1002,

    /// <summary>The text is larger than allowed.</summary>
    TooLarge = 1003,

    /// <summary>Something that has to be there is missing.</summary>
    MissingAttribute = 1004,

    /// <summary>Something has the wrong JSON type or an impossible value.</summary>
    InvalidAttribute = 1005,

    /// <summary>A type or name that is neither built in nor defined before.</summary>
    UnknownType = 1006,

    /// <summary>A name that breaks the rules for names.</summary>
    InvalidName = 1007,

    /// <summary>A type of that full name is defined already.</summary>
    DuplicateName = 1008,

    /// <summary>Two fields of one record have the same name.</summary>
    DuplicateField = 1009,

    /// <summary>A symbol occurs twice.</summary>
    DuplicateSymbol = 1010,

    /// <summary>A union inside a union, or two branches of one type.</summary>
    InvalidUnion = 1011,

    /// <summary>A default that does not fit its type.</summary>
    InvalidDefault = 1012,

    /// <summary>A warning: the logical type does not fit and is ignored.</summary>
    InvalidLogicalType = 1101,

    /// <summary>A warning: a default that fits only a later branch of its union; readers before Avro 1.12 reject it.</summary>
    DefaultOfLaterBranch = 1102,

    /// <summary>A warning: attributes next to a reference to a named type have no meaning.</summary>
    AttributesOnReference = 1103,

    /// <summary>A warning: an alias that is another field's name.</summary>
    AliasHidesField = 1104,

    /// <summary>A warning: the record contains itself without a way out, so no value of it can exist.</summary>
    EndlessRecord = 1105,
}
