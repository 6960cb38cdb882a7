using System.CommandLine;

namespace AdTracking.SchemaTool.Reports;

/// <summary>The option <c>--json</c>, which every verb has.</summary>
internal static class JsonOption
{
    /// <summary>The option, for one command.</summary>
    public static Option<bool> Create() => new("--json") { Description = "One JSON object a line on standard output." };
}
