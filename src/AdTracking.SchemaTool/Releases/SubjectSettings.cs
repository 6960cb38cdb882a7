using System.Text.Json;
using AdTracking.Avro.Compatibility;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Releases;

/// <summary>The one small file beside the released schemas: which level holds, and which subject has which schema. Both may be left out: the level is
/// then BACKWARD, as a registry has it, and a subject has the full name of its type.
/// <code>{ "level": "FULL_TRANSITIVE", "subjects": { "ad.click-value": { "schema": "adtracking.events.AdClick", "level": "FULL" } } }</code></summary>
internal sealed record SubjectSettings(CompatibilityLevel Level, IReadOnlyList<SubjectSetting> Subjects)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "subjects.json";

    /// <summary>What holds where there is no file.</summary>
    public static SubjectSettings Default { get; } = new(CompatibilityLevel.Backward, []);

    /// <summary>Reads the file of a directory; what is wrong with it is told.</summary>
    public static SubjectSettings Read(string directory, ProblemList problems)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return Default;
        }

        void Report(string what, int line = 1) => problems.Add(new ReportedProblem(path, line, 1, ProblemCode.SubjectsMalformed, what));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Of(document.RootElement, Report);
            }

            Report("the file is an object with \"level\" and \"subjects\"");
        }
        catch (JsonException fault)
        {
            Report(fault.Message, (int)(fault.LineNumber ?? 0) + 1);
        }

        return Default;
    }

    private static SubjectSettings Of(JsonElement root, Action<string, int> report)
    {
        var level = CompatibilityLevel.Backward;
        var subjects = new List<SubjectSetting>();
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "level":
                    level = LevelOf(member.Value, report) ?? level;
                    break;
                case "subjects" when member.Value.ValueKind == JsonValueKind.Object:
                    subjects.AddRange(member.Value.EnumerateObject().Select(subject => SubjectOf(subject, report)));
                    break;
                default:
                    report($"\"{member.Name}\" is neither \"level\" nor \"subjects\" (an object)", 1);
                    break;
            }
        }

        return new SubjectSettings(level, subjects);
    }

    private static SubjectSetting SubjectOf(JsonProperty subject, Action<string, int> report)
    {
        var setting = new SubjectSetting(subject.Name, null, null);
        if (subject.Value.ValueKind != JsonValueKind.Object)
        {
            report($"\"{subject.Name}\" has to be an object with \"schema\" and \"level\"", 1);
            return setting;
        }

        foreach (var member in subject.Value.EnumerateObject())
        {
            if (member is { Name: "schema", Value.ValueKind: JsonValueKind.String })
            {
                setting = setting with { Schema = member.Value.GetString() };
            }
            else if (member.Name == "level")
            {
                setting = setting with { Level = LevelOf(member.Value, report) };
            }
            else
            {
                report($"\"{member.Name}\" of \"{subject.Name}\" is neither \"schema\" (a full name) nor \"level\"", 1);
            }
        }

        return setting;
    }

    private static CompatibilityLevel? LevelOf(JsonElement value, Action<string, int> report)
    {
        if (value.ValueKind == JsonValueKind.String && CompatibilityLevels.TryParse(value.GetString()!, out var level))
        {
            return level;
        }

        report($"{value.GetRawText()} is no level: " + string.Join(", ", Enum.GetValues<CompatibilityLevel>().Select(CompatibilityLevels.NameOf)), 1);
        return null;
    }
}
