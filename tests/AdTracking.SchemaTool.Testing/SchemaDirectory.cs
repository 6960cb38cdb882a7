using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;
using AdTracking.SchemaTool.Rules;

namespace AdTracking.SchemaTool.Testing;

/// <summary>Schemas in a folder of their own: the committed ones, changed as a test wants, or others.</summary>
internal sealed class SchemaDirectory : IDisposable
{
    private readonly TemporaryDirectory _folder = new("schemas");

    public SchemaDirectory()
    {
        Directory.CreateDirectory(Schemas);
        Directory.CreateDirectory(Output);
    }

    public static string Committed { get; } = Repository.PathOf("src", "AdTracking.Events", "Schemas");

    public string Schemas => _folder.PathOf("Schemas");

    public string Output => _folder.PathOf("Generated");

    /// <summary>A copy of the committed schemas.</summary>
    public static SchemaDirectory OfCommitted()
    {
        var directory = new SchemaDirectory();
        foreach (var path in Directory.EnumerateFiles(Committed, "*.avsc"))
        {
            File.Copy(path, Path.Combine(directory.Schemas, Path.GetFileName(path)));
        }

        return directory;
    }

    /// <summary>Writes a schema and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Schemas, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Replaces a text that has to be there (the first occurrence) and gives the line where it stands.</summary>
    public int Change(string name, string from, string to)
    {
        var path = Path.Combine(Schemas, name);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"'{from}' is not in {name}");
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        return text.AsSpan(0, at).Count('\n') + 1;
    }

    /// <summary>What validation says.</summary>
    public IReadOnlyList<ReportedProblem> Problems()
    {
        var folder = SchemaFolder.Read(Schemas);
        HouseRules.Apply(folder);
        return folder.Problems.Sorted;
    }

    public void Dispose() => _folder.Dispose();
}
