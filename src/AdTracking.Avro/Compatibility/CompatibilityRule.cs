namespace AdTracking.Avro.Compatibility;

/// <summary>The rules of schema resolution that a pair of schemas can break. Names as the registry prints them: <see cref="CompatibilityRules"/>.</summary>
public enum CompatibilityRule
{
    /// <summary>The reader's type cannot read the writer's.</summary>
    TypeMismatch,

    /// <summary>A record, enum or fixed has another name, and no alias says that it is the same.</summary>
    NameMismatch,

    /// <summary>A fixed has another size.</summary>
    FixedSizeMismatch,

    /// <summary>The writer's enum has symbols that the reader's does not have, and the reader's has no default.</summary>
    MissingEnumSymbols,

    /// <summary>The reader's union has no branch for what the writer may write.</summary>
    MissingUnionBranch,

    /// <summary>The reader has a field without a default that the writer does not have.</summary>
    ReaderFieldMissingDefaultValue,

    /// <summary>A reader's field matches several fields of the writer, by its name and its aliases. Java's reader throws here.</summary>
    AmbiguousAlias,

    /// <summary>The schemas are too large to be compared. Our own bound, against hostile schemas.</summary>
    TooLargeToCompare,

    /// <summary>A warning: decimals of another precision or scale. The bytes can be read, the number is another one.</summary>
    DecimalMismatch,

    /// <summary>A warning: another logical type on the same bytes. The registry does not look at them.</summary>
    LogicalTypeMismatch,
}
