using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdTracking.SchemaTool.Reports;

/// <summary>What a verb did to one subject, or says of one file, as a line for people or for machines.</summary>
/// <param name="Subject">The subject; null for the registry as a whole, and for files.</param>
/// <param name="Action">One word: <c>registered</c>, <c>unchanged</c>, <c>refused</c>, <c>compatible</c>, <c>valid</c> ...</param>
/// <param name="Text">The line for people.</param>
internal sealed record VerbReport(string? Subject, string Action, [property: JsonIgnore] string Text)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The id, where there is one.</summary>
    public int? Id { get; init; }

    /// <summary>The version, where there is one.</summary>
    public int? Version { get; init; }

    /// <summary>The level, where it is about one.</summary>
    public string? Level { get; init; }

    /// <summary>The file, where there is one: of the schema, or the one that was written.</summary>
    public string? File { get; init; }

    /// <summary>The file that the schema became, where it became another one.</summary>
    public string? Target { get; init; }

    /// <summary>True where nothing was changed, and only told what would be.</summary>
    public bool? DryRun { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public IReadOnlyList<ReportedProblem>? Problems { get; init; }

    /// <summary>True where something is worse than a warning.</summary>
    [JsonIgnore]
    public bool IsRefusal => Problems?.Any(static problem => !problem.IsWarning) == true;

    /// <summary>What a verb says of a file.</summary>
    public static VerbReport OfFile(string file, string action, IReadOnlyList<ReportedProblem>? problems = null) =>
        new(null, action, file) { File = file, Problems = problems is { Count: > 0 } ? problems : null };

    /// <summary>Prints it.</summary>
    public void WriteTo(TextWriter output, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(this, Json));
            return;
        }

        foreach (var problem in Problems ?? [])
        {
            output.WriteLine(problem);
        }

        output.WriteLine(Text);
    }
}
