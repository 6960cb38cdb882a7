using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary>Where code stands: how it names the types that it uses.</summary>
/// <param name="names">All names.</param>
/// <param name="ns">The namespace of the code.</param>
/// <param name="members">Members of the type around the code, and the types of properties; "" for what is none.</param>
internal sealed class CodeScope(TypeNames names, string ns, IReadOnlyDictionary<string, string> members)
{
    private static readonly Dictionary<string, string> NoMembers = [];

    /// <summary>The scope inside a record.</summary>
    public static CodeScope Inside(RecordSchema record, TypeNames names)
    {
        var self = names.Of(record);
        var outside = new CodeScope(names, self.Namespace, NoMembers);
        var members = CSharpNames.OwnMembers.ToDictionary(static member => member, static _ => "", StringComparer.Ordinal);
        foreach ((var field, var property) in record.Fields.Zip(outside.Properties(record)))
        {
            members[property] = outside.TypeOf(field.Schema);
        }

        return new CodeScope(names, self.Namespace, members);
    }

    /// <summary>The type that holds a value.</summary>
    public string TypeOf(AvroSchema schema)
    {
        if (Shapes.NullBranchOf(schema) >= 0)
        {
            return TypeOf(Shapes.WithoutNull(schema)) + "?";
        }

        return schema switch
        {
            UnionSchema union => Short(names.Of(union)) + (union.NullIndex >= 0 ? "?" : ""),
            RecordSchema or EnumSchema => Short(names.Of((NamedSchema)schema)),
            ArraySchema array => $"AvroList<{TypeOf(array.Items)}>",
            MapSchema map => $"AvroMap<{TypeOf(map.Values)}>",
            _ => LeafType.Of(schema)!.CSharp,
        };
    }

    /// <summary>A record or enum where an expression begins with it: a property of the same name would hide it.</summary>
    public string Expression(NamedSchema type) => Expression(names.Of(type));

    /// <summary>A union where an expression begins with it.</summary>
    public string Expression(UnionSchema union) => Expression(names.Of(union));

    /// <summary>The enum of a union's branches where an expression begins with it.</summary>
    public string Kind(UnionSchema union)
    {
        var name = names.Of(union);
        return Expression(name with { Name = name.Name + "Kind" });
    }

    /// <summary>The properties of a record, by field.</summary>
    public IReadOnlyList<string> Properties(RecordSchema record) => CSharpNames.Properties(record, names.Of(record).Name);

    // C# takes a property that has the type of the same name for either, as it is meant.
    private string Expression(CSharpName name) => members.TryGetValue(name.Name, out var type) && type != name.Name ? name.Global : Short(name);

    private string Short(CSharpName name) => name.Namespace == ns ? name.Name : name.Global;
}
