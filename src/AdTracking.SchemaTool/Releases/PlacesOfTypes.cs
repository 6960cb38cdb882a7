using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reading;

namespace AdTracking.SchemaTool.Releases;

/// <summary>The files that the places of a schema are in: what it names of other files has its place there.</summary>
internal sealed class PlacesOfTypes
{
    private readonly Dictionary<(int Line, int Column), string> _files = [];
    private readonly string _own;

    /// <summary>Looks at what the file defines, and then at the other files whose types it names.</summary>
    public PlacesOfTypes(SchemaFile file, SchemaFolder folder)
    {
        _own = file.Path;
        var all = Shapes.NamedTypes(file.Schema);
        if (all.Count == file.Types.Count)
        {
            return;
        }

        Add(file.Types, file.Path);
        foreach (var other in folder.All)
        {
            Add(other.Types.Where(all.Contains), other.Path);
        }
    }

    /// <summary>The file of a place.</summary>
    public string FileOf(int line, int column) => _files.GetValueOrDefault((line, column), _own);

    private void Add(IEnumerable<NamedSchema> types, string path)
    {
        foreach (var type in types)
        {
            _files.TryAdd((type.Line, type.Column), path);
            foreach (var field in (type as RecordSchema)?.Fields ?? [])
            {
                _files.TryAdd((field.Line, field.Column), path);
                AddParts(field.Schema, path);
            }
        }
    }

    private void AddParts(AvroSchema schema, string path)
    {
        if (schema is NamedSchema)
        {
            return;
        }

        _files.TryAdd((schema.Line, schema.Column), path);
        foreach (var part in Shapes.Children(schema))
        {
            AddParts(part, path);
        }
    }
}
