using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Generation;

/// <summary>Compares generated files with those on disk, byte for byte.</summary>
internal static class Freshness
{
    private const string Remedy = "generate anew (dotnet build -t:GenerateSchemas, or adtracking-schema generate) and commit what that changes";

    /// <summary>Reports files that are missing, stale or not asked for.</summary>
    public static void Check(IReadOnlyList<GeneratedFile> files, string output, ProblemList problems)
    {
        foreach (var file in files)
        {
            if (!File.Exists(file.Path))
            {
                problems.Add(new(file.Path, 1, 1, ProblemCode.GeneratedMissing, $"{file.Origin} asks for this file: {Remedy}"));
            }
            else if (!File.ReadAllBytes(file.Path).AsSpan().SequenceEqual(file.Bytes))
            {
                problems.Add(Stale(file));
            }
        }

        foreach (var stray in StrayFiles(files, output))
        {
            problems.Add(new(stray, 1, 1, ProblemCode.GeneratedStray, $"no schema asks for this file: {Remedy}"));
        }
    }

    /// <summary>Generated files that no schema asks for any more.</summary>
    public static IReadOnlyList<string> StrayFiles(IReadOnlyList<GeneratedFile> files, string output)
    {
        if (!Directory.Exists(output))
        {
            return [];
        }

        var wanted = files.Select(static file => Path.GetFullPath(file.Path)).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> found = Directory.EnumerateFiles(output, "*.g.cs").Order(StringComparer.Ordinal);
        return [.. found.Where(path => !wanted.Contains(Path.GetFullPath(path)))];
    }

    private static ReportedProblem Stale(GeneratedFile file) =>
        new(file.Path, FirstDifference(file), 1, ProblemCode.GeneratedStale, $"this is not what comes of {file.Origin}: {Remedy}");

    private static int FirstDifference(GeneratedFile file)
    {
        var wanted = file.Text.Split('\n');
        var found = File.ReadAllText(file.Path).Split('\n');
        var line = 0;
        while (line < wanted.Length && line < found.Length && wanted[line] == found[line])
        {
            line++;
        }

        return line + 1;
    }
}
