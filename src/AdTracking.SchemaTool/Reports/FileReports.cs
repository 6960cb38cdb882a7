namespace AdTracking.SchemaTool.Reports;

/// <summary>What the verbs say that look at files.</summary>
internal static class FileReports
{
    /// <summary>Prints problems: for people one a line, for machines one file a line.</summary>
    /// <param name="files">Files that have a line for machines also when nothing is wrong with them; others have one when something is.</param>
    /// <param name="problems">The problems.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="json">True for machines.</param>
    public static void Write(IEnumerable<string> files, ProblemList problems, TextWriter output, bool json)
    {
        if (!json)
        {
            problems.WriteTo(output);
            return;
        }

        var found = problems.Sorted.ToLookup(static problem => problem.File, StringComparer.Ordinal);
        foreach (var file in files.Union(found.Select(static group => group.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var isValid = found[file].All(static problem => problem.IsWarning);
            VerbReport.OfFile(file, isValid ? "valid" : "invalid", [.. found[file]]).WriteTo(output, json);
        }
    }
}
