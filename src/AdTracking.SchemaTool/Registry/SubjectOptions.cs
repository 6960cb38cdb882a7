using System.CommandLine;
using AdTracking.SchemaTool.Commands;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Releases;
using AdTracking.SchemaTool.Reports;
using AdTracking.SchemaTool.Rules;

namespace AdTracking.SchemaTool.Registry;

/// <summary>The options of the verbs that bring schemas to a registry: which subjects, from which files.</summary>
internal sealed class SubjectOptions
{
    private readonly Option<string[]> _subjects = new("--subject")
    {
        Description = "NAME=FILE, or with --schemas and --released the subjects of these names (* stands for anything).",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<DirectoryInfo> _schemas = new Option<DirectoryInfo>("--schemas")
    {
        Description = "Directory of the .avsc files.",
    }.AcceptExistingOnly();

    private readonly Option<DirectoryInfo> _released = new("--released")
    {
        Description = "Directory of the released schemas, whose subjects.json says which subject has which schema.",
    };

    private readonly Option<string[]> _references = new("--reference")
    {
        Description = "NAME:TYPE=SUBJECT:VERSION: the schema of NAME refers to a type that another subject defines.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _normalize = new("--normalize")
    {
        Description = "Lets the registry take schemas that differ in form only for one.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_subjects, _schemas, _released, _references, _normalize])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            var subjects = result.GetValue(_subjects) ?? [];
            var withFolder = result.GetValue(_schemas) is not null && result.GetValue(_released) is not null;
            if (!withFolder && (subjects.Length == 0 || !Array.TrueForAll(subjects, static subject => subject.Contains('='))))
            {
                result.AddError("Say --subject NAME=FILE, or --schemas and --released.");
            }

            foreach (var missing in subjects.Where(static subject => subject.Contains('=') && !File.Exists(subject.Split('=', 2)[1])))
            {
                result.AddError($"'{missing.Split('=', 2)[1]}' is not a file.");
            }

            foreach (var odd in (result.GetValue(_references) ?? []).Where(static text =>
                !text.Contains(':') || !ReferenceText.IsUsable(text[(text.IndexOf(':') + 1)..])))
            {
                result.AddError($"'{odd}' is not NAME:TYPE=SUBJECT:VERSION.");
            }
        });
    }

    /// <summary>The schemas; problems in files are printed, and then there are none.</summary>
    public IReadOnlyList<SubjectText>? Read(ParseResult parsed, TextWriter output, bool json)
    {
        var subjects = parsed.GetValue(_subjects) ?? [];
        var references = parsed.GetValue(_references) ?? [];
        var normalize = parsed.GetValue(_normalize);
        var found = new List<SubjectText>();
        foreach (var assignment in subjects.Where(static subject => subject.Contains('=')))
        {
            found.Add(SubjectText.Of(assignment, references, normalize));
        }

        var problems = ProblemList.Of(found.SelectMany(static subject => subject.Problems()));
        if (parsed.GetValue(_schemas) is { } schemas)
        {
            string[] patterns = [.. subjects.Where(static subject => !subject.Contains('='))];
            var folder = SchemaFolder.Read(schemas.ToString());
            HouseRules.Apply(folder);
            var known = folder.Problems.AnyError ? [] : ReleaseFolder.Read(parsed.GetValue(_released)!.ToString(), folder);
            problems.AddRange(folder.Problems.Sorted);
            found.AddRange(known
                .Where(subject => patterns.Length == 0 || Array.Exists(patterns, pattern => ReleaseOptions.Matches(subject.Name, pattern)))
                .Select(subject => SubjectText.Of(subject, folder, normalize)));
        }

        FileReports.Write([], problems, output, json);
        return problems.AnyError ? null : found;
    }
}
