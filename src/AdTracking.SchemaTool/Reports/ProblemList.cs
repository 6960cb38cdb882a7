namespace AdTracking.SchemaTool.Reports;

/// <summary>All problems of one run: every one is told, not only the first.</summary>
internal sealed class ProblemList
{
    private readonly List<ReportedProblem> _problems = [];

    /// <summary>True when something was worse than a warning.</summary>
    public bool AnyError => _problems.Exists(static problem => !problem.IsWarning);

    /// <summary>True when a schema could not be read: what would be said of the others then could be wrong.</summary>
    public bool AnyUnread => _problems.Exists(static problem => !problem.IsWarning && problem.Code < ProblemCode.UnknownAttribute);

    /// <summary>By file, then by place.</summary>
    public IReadOnlyList<ReportedProblem> Sorted =>
        [.. _problems.OrderBy(static p => p.File, StringComparer.Ordinal).ThenBy(static p => p.Line).ThenBy(static p => p.Column)
            .ThenBy(static p => p.Code)];

    /// <summary>A list of these.</summary>
    public static ProblemList Of(IEnumerable<ReportedProblem> problems)
    {
        var list = new ProblemList();
        list.AddRange(problems);
        return list;
    }

    /// <summary>Adds a problem.</summary>
    public void Add(ReportedProblem problem) => _problems.Add(problem);

    /// <summary>Adds problems.</summary>
    public void AddRange(IEnumerable<ReportedProblem> problems) => _problems.AddRange(problems);

    /// <summary>Prints one problem a line.</summary>
    public void WriteTo(TextWriter output)
    {
        foreach (var problem in Sorted)
        {
            output.WriteLine(problem);
        }
    }
}
