using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Releases;

/// <summary>A subject, and what its schema would break.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Problems">What does not keep its level, by place.</param>
internal sealed record SubjectVerdict(Subject Subject, IReadOnlyList<ReportedProblem> Problems);
