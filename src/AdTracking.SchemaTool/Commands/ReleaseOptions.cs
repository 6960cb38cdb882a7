using System.CommandLine;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Releases;
using AdTracking.SchemaTool.Rules;

namespace AdTracking.SchemaTool.Commands;

/// <summary>The options that <c>test-local</c> and <c>release</c> share: the schemas, their released versions, and which of them.</summary>
internal sealed class ReleaseOptions
{
    private readonly Option<DirectoryInfo> _schemas = new Option<DirectoryInfo>("--schemas")
    {
        Description = "Directory of the .avsc files.",
        Required = true,
    }.AcceptExistingOnly();

    private readonly Option<DirectoryInfo> _released = new("--released")
    {
        Description = "Directory of the released schemas: <subject>/v<N>.avsc, and subjects.json with the level of each subject.",
        Required = true,
    };

    private readonly Option<string[]> _subjects = new("--subject")
    {
        Description = "Only these subjects; * stands for anything.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_schemas);
        command.Options.Add(_released);
        command.Options.Add(_subjects);
    }

    /// <summary>The directory of the released schemas.</summary>
    public string Released(ParseResult parsed) => parsed.GetValue(_released)!.ToString();

    /// <summary>The schemas, what is wrong with them and their released versions, and what the subjects that are meant would break.</summary>
    public ReleaseVerdict Judge(ParseResult parsed)
    {
        var folder = SchemaFolder.Read(parsed.GetValue(_schemas)!.ToString());
        HouseRules.Apply(folder);
        if (folder.Problems.AnyUnread)
        {
            return new ReleaseVerdict(folder.Problems, []);
        }

        var patterns = parsed.GetValue(_subjects) ?? [];
        var all = ReleaseFolder.Read(Released(parsed), folder);
        return ReleaseCheck.Judge(folder, [.. all.Where(subject => patterns.Length == 0 || patterns.Any(pattern => Matches(subject.Name, pattern)))]);
    }

    /// <summary>True where a subject is of a pattern, in which * stands for anything.</summary>
    public static bool Matches(string name, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
