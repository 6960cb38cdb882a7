using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Reading;

/// <summary>Schema files that belong together, in the order of their paths, and what is wrong with them.</summary>
internal sealed class SchemaFolder
{
    private const string ReleasedName = "released";

    private readonly List<SchemaFile> _all = [];

    /// <summary>All files, also those that could not be read.</summary>
    public IReadOnlyList<string> Paths { get; private init; } = [];

    /// <summary>All files that could be read.</summary>
    public IReadOnlyList<SchemaFile> All => _all;

    /// <summary>Those that hold a record.</summary>
    public IReadOnlyList<SchemaFile> Files => [.. _all.Where(static file => file.IsRecord)];

    /// <summary>The records of events: those with an <c>adt.event</c>.</summary>
    public IReadOnlyList<SchemaFile> Events => [.. Files.Where(static file => file.Record.Event is not null)];

    /// <summary>What was found so far.</summary>
    public ProblemList Problems { get; } = new();

    /// <summary>Reads all schemas of a directory.</summary>
    public static SchemaFolder Read(string directory) => Read(FilesOf(directory));

    /// <summary>Reads these files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="avroOnly">Leaves unsaid what is wrong with the attributes of this house.</param>
    public static SchemaFolder Read(IEnumerable<string> paths, bool avroOnly = false)
    {
        var files = SchemaFiles.Read(paths);
        var folder = new SchemaFolder { Paths = [.. files.Parsed.Select(static file => file.Path)] };
        foreach ((var path, var utf8, var parsed) in files.Parsed)
        {
            foreach (var problem in parsed.Problems)
            {
                folder.Problems.Add(new ReportedProblem(path, problem.Line, problem.Column, (int)problem.Code, problem.Message, problem.IsWarning));
            }

            if (parsed.Schema is not null)
            {
                folder.Add(path, utf8, parsed.Schema, files.Owned(path, parsed.Schema), avroOnly ? new ProblemList() : folder.Problems);
            }
        }

        return folder;
    }

    /// <summary>The schemas of a directory and those below it, but for released ones; or the file itself.</summary>
    public static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.avsc", SearchOption.AllDirectories).Where(file => !IsReleased(path, file))
        : [path];

    private static bool IsReleased(string directory, string file) =>
        Path.GetRelativePath(directory, file).Split(Path.DirectorySeparatorChar).SkipLast(1).Contains(ReleasedName);

    private void Add(string path, byte[] utf8, AvroSchema schema, IReadOnlyList<NamedSchema> types, ProblemList attributeProblems)
    {
        var alone = types.Count == Shapes.NamedTypes(schema).Count;
        var text = alone ? SchemaFileText.Normalised(utf8) : schema.ToString();
        var record = schema is RecordSchema own
            ? RecordReader.Read(own, path, attributeProblems)
            : RecordReader.Read(ValueRecord.Of(path, schema), path, new ProblemList());
        _all.Add(new SchemaFile(path, text, schema, types, record));
    }
}
