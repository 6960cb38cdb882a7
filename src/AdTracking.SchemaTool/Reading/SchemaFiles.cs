using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;

namespace AdTracking.SchemaTool.Reading;

/// <summary>Parses files that may refer to each other's types by name, in whatever order they are given: first those that stand alone, then
/// those that refer to what is known by then. A circle of files is told as the unknown name that it is.</summary>
internal sealed class SchemaFiles
{
    private readonly Dictionary<string, NamedSchema> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<NamedSchema, string> _owners = []; // by reference
    private readonly List<(string Path, byte[] Utf8, SchemaParseResult Parsed)> _done = [];

    /// <summary>Every file with what came of parsing it, by path.</summary>
    public IReadOnlyList<(string Path, byte[] Utf8, SchemaParseResult Parsed)> Parsed =>
        [.. _done.OrderBy(static file => file.Path, StringComparer.Ordinal)];

    /// <summary>Parses all of them.</summary>
    public static SchemaFiles Read(IEnumerable<string> paths)
    {
        var files = new SchemaFiles();
        IEnumerable<string> ordered = paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        List<(string Path, byte[] Utf8)> waiting = [.. ordered.Select(static path => (path, File.ReadAllBytes(path)))];
        var alone = true;
        while (files.Round(waiting, alone) || alone)
        {
            alone = false;
        }

        foreach ((var path, var utf8) in waiting)
        {
            files._done.Add((path, utf8, SchemaParser.Parse(utf8, known: files._known)));
        }

        return files;
    }

    /// <summary>The named types that a schema defines itself, in the order of the text: without those of other files.</summary>
    public IReadOnlyList<NamedSchema> Owned(string path, AvroSchema schema) =>
        [.. Shapes.NamedTypes(schema).Where(type => _owners.GetValueOrDefault(type) is not { } owner || owner == path)];

    // True when a file could be read.
    private bool Round(List<(string Path, byte[] Utf8)> waiting, bool alone)
    {
        var read = new List<(string Path, SchemaParseResult Parsed)>();
        waiting.RemoveAll(file =>
        {
            var parsed = SchemaParser.Parse(file.Utf8, known: alone ? null : _known);
            if (parsed.Problems.Any(static problem => problem.Code == SchemaProblemCode.UnknownType))
            {
                return false;
            }

            _done.Add((file.Path, file.Utf8, parsed));
            read.Add((file.Path, parsed));
            return true;
        });
        foreach ((var path, var parsed) in read.Where(static file => file.Parsed.Schema is not null))
        {
            foreach (var type in Shapes.NamedTypes(parsed.Schema!).Where(type => _owners.TryAdd(type, path)))
            {
                _known.TryAdd(type.FullName, type);
            }
        }

        return read.Count > 0;
    }
}
