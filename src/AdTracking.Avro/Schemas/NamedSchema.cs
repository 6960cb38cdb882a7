namespace AdTracking.Avro.Schemas;

/// <summary>A record, enum or fixed.</summary>
public abstract class NamedSchema : AvroSchema
{
    private protected NamedSchema(SchemaType type, SchemaNaming naming, SchemaAttributes attributes)
        : base(type, attributes)
    {
        Name = naming.Name;
        Aliases = naming.Aliases;
        Doc = naming.Doc;
    }

    /// <summary>The name.</summary>
    public SchemaName Name { get; }

    /// <summary>The full name.</summary>
    public string FullName => Name.FullName;

    /// <summary>Other full names, under which a reader finds this type too.</summary>
    public IReadOnlyList<SchemaName> Aliases { get; }

    /// <summary>Documentation, where there is any.</summary>
    public string? Doc { get; }

    /// <inheritdoc/>
    public override string BranchName => FullName;
}
