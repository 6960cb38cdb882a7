using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;
using AdTracking.SchemaTool.Reading;

namespace AdTracking.SchemaTool.Generation;

/// <summary>The C# names of everything that the schemas of a folder define, and of the unions inside.</summary>
internal sealed class TypeNames
{
    private static readonly string[] OfRecord = ["", "Schema"];
    private static readonly string[] OfEvent = ["", "Schema", "Field", "Layout", "View"];
    private static readonly string[] OfEnum = [""];
    private static readonly string[] OfUnion = ["", "Kind"];

    private readonly Dictionary<string, CSharpName> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<UnionSchema, CSharpName> _unions = []; // by reference: every place of the text is a type
    private readonly List<NamedSchema> _order = [];
    private readonly NameBook _book;
    private readonly string? _namespace;

    private TypeNames(NameBook book, string? ns) => (_book, _namespace) = (book, ns);

    /// <summary>Gives the names. The same files give the same names; those of a file that comes earlier are the shorter ones.</summary>
    public static TypeNames Of(SchemaFolder folder, string? ns)
    {
        List<(SchemaFile File, NamedSchema Type)> types = [.. folder.All.SelectMany(static file => TypesOf(file).Select(type => (file, type)))];
        var names = new TypeNames(new NameBook(types.Select(entry => ns ?? CSharpNames.Namespace(entry.Type.Name))), ns);
        foreach ((var file, var type) in types.Where(static entry => entry.Type is not FixedSchema))
        {
            names.Add(type, file.Record.Event is not null && type == file.Schema);
        }

        foreach (var record in names._order.OfType<RecordSchema>().ToList())
        {
            names.AddUnions(record);
        }

        return names;
    }

    /// <summary>The types of a file that C# types are made of: what it defines, and the record around what is none.</summary>
    public static IEnumerable<NamedSchema> TypesOf(SchemaFile file) =>
        file.IsRecord || file.Schema is EnumSchema or FixedSchema ? file.Types : [.. file.Types, file.Record.Schema];

    /// <summary>The name of a record or enum.</summary>
    public CSharpName Of(NamedSchema type) => _types[type.FullName];

    /// <summary>The name of a union that is a type of its own.</summary>
    public CSharpName Of(UnionSchema union) => _unions[union];

    private void Add(NamedSchema type, bool isEvent)
    {
        if (_types.ContainsKey(type.FullName))
        {
            return;
        }

        var name = CSharpNames.Pascal(type.Name.Name);
        var suffixes = isEvent ? OfEvent : type is RecordSchema ? OfRecord : OfEnum;
        var space = CSharpNames.Pascal(type.Name.Namespace.Split('.')[^1]);
        string[] candidates = [name, .. type.Name.Namespace.Length > 0 ? [space + name] : Array.Empty<string>(), name + CSharpNames.Pascal(type.TypeName)];
        _types.Add(type.FullName, _book.Give(_namespace ?? CSharpNames.Namespace(type.Name), suffixes, candidates));
        _order.Add(type);
    }

    private void AddUnions(RecordSchema record)
    {
        var owner = Of(record);
        var properties = CSharpNames.Properties(record, owner.Name);
        for (var i = 0; i < properties.Count; i++)
        {
            AddUnions(record.Fields[i].Schema, owner.Namespace, owner.Name + properties[i]);
        }
    }

    // A named type inside has its unions under its own name.
    private void AddUnions(AvroSchema schema, string ns, string name)
    {
        var value = Shapes.WithoutNull(schema);
        switch (value)
        {
            case ArraySchema array:
                AddUnions(array.Items, ns, name + "Item");
                break;
            case MapSchema map:
                AddUnions(map.Values, ns, name + "Value");
                break;
            case UnionSchema union:
                _unions.Add(union, _book.Give(ns, OfUnion, [.. new[] { name, "Union" + name }.Except(UnionBranch.Members(union))]));
                foreach (var branch in union.Branches.Where(static branch => branch is ArraySchema or MapSchema))
                {
                    AddUnions(branch, ns, name + CSharpNames.Pascal(branch.TypeName));
                }

                break;
        }
    }
}
