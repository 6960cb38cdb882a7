using System.Text;
using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>Schema files that belong together, in the order of their names, and what is wrong with them.</summary>
internal sealed class SchemaFolder
{
    private readonly List<SchemaFile> _files = [];

    /// <summary>The files that could be read.</summary>
    public IReadOnlyList<SchemaFile> Files => _files;

    /// <summary>The records of events: those with an <c>adt.event</c>.</summary>
    public IReadOnlyList<SchemaFile> Events => [.. _files.Where(static file => file.Record.Event is not null)];

    /// <summary>What was found so far.</summary>
    public ProblemList Problems { get; } = new();

    /// <summary>Reads all schemas of a directory.</summary>
    public static SchemaFolder Read(string directory) => Read(FilesOf(directory));

    /// <summary>Reads these files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="avroOnly">Leaves unsaid what is wrong with the attributes of this house.</param>
    public static SchemaFolder Read(IEnumerable<string> paths, bool avroOnly = false)
    {
        var folder = new SchemaFolder();
        foreach (string path in paths.Order(StringComparer.Ordinal))
            folder.ReadFile(path, avroOnly ? new ProblemList() : folder.Problems);
        return folder;
    }

    /// <summary>The schemas of a directory, or the file itself.</summary>
    public static IEnumerable<string> FilesOf(string path) => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.avsc") : [path];

    private void ReadFile(string path, ProblemList attributeProblems)
    {
        byte[] utf8 = File.ReadAllBytes(path);
        SchemaParseResult parsed = SchemaParser.Parse(utf8);
        foreach (SchemaProblem problem in parsed.Problems)
            Problems.Add(new Problem(path, problem.Line, problem.Column, (int)problem.Code, problem.Message, problem.IsWarning));
        if (parsed.Schema is RecordSchema record)
            _files.Add(new SchemaFile(path, Normalised(utf8), RecordReader.Read(record, path, attributeProblems)));
        else if (parsed.Schema is not null)
            Problems.Add(new Problem(path, 1, 1, ProblemCode.NotARecord, "the schema of a file is a record"));
    }

    private static string Normalised(byte[] utf8) =>
        Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n');
}
