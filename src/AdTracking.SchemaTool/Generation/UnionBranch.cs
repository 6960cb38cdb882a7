using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary>A branch of a union that is a type of its own.</summary>
/// <param name="Schema">The branch.</param>
/// <param name="Index">Its place in the union.</param>
/// <param name="Name">What it is called in the names of members.</param>
internal sealed record UnionBranch(AvroSchema Schema, int Index, string Name)
{
    /// <summary>True where C# holds the value by reference; all such branches share one place.</summary>
    public bool IsReference => Schema is RecordSchema or ArraySchema or MapSchema || LeafType.Of(Schema)?.CSharp == "string";

    /// <summary>The branches but null, which is C#'s own.</summary>
    public static IReadOnlyList<UnionBranch> Of(UnionSchema union)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. union.Branches.Select((branch, index) => (branch, index)).Where(static pair => pair.branch.Type != SchemaType.Null)
            .Select(pair => new UnionBranch(pair.branch, pair.index, CSharpNames.Unused(Word(pair.branch), "", used)))];
    }

    /// <summary>Everything that the struct has.</summary>
    public static IEnumerable<string> Members(UnionSchema union) =>
        Of(union).SelectMany(static b => new[] { "As" + b.Name, "From" + b.Name, "Held" + b.Name }).Append("Kind").Append("Reference")
            .Concat(CSharpNames.OwnMembers);

    private static string Word(AvroSchema schema) => schema switch
    {
        NamedSchema named => CSharpNames.Pascal(named.Name.Name),
        { LogicalType.Kind: var kind } when LeafType.Of(schema)!.CSharp != "AvroBytes" => kind.ToString(),
        _ => CSharpNames.Pascal(schema.TypeName),
    };
}
