using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Releases;

/// <summary>The released schemas of a repository: <c>&lt;subject&gt;/v&lt;N&gt;.avsc</c>, and <see cref="SubjectSettings"/> beside them.</summary>
internal sealed class ReleaseFolder
{
    private readonly string _directory;
    private readonly SubjectSettings _settings;
    private readonly ProblemList _problems;

    private ReleaseFolder(string directory, ProblemList problems)
    {
        _directory = directory;
        _problems = problems;
        _settings = SubjectSettings.Read(directory, problems);
    }

    /// <summary>The subjects of all schemas, in the order of the files.</summary>
    /// <param name="directory">The directory; it may be missing, and nothing is released then.</param>
    /// <param name="folder">The schemas as they are now; gets the problems.</param>
    public static IReadOnlyList<Subject> Read(string directory, SchemaFolder folder)
    {
        var releases = new ReleaseFolder(directory, folder.Problems);
        HashSet<string> names = [.. folder.All.Select(NameOf)];
        foreach (var setting in releases._settings.Subjects.Where(setting => !names.Contains(setting.Schema ?? setting.Name)))
        {
            var what = $"no schema has the name {setting.Schema ?? setting.Name}, which the subject {setting.Name} is said to hold";
            folder.Problems.Add(new ReportedProblem(Path.Combine(directory, SubjectSettings.FileName), 1, 1, ProblemCode.SubjectWithoutSchema, what));
        }

        return [.. folder.All.SelectMany(releases.SubjectsOf)];
    }

    /// <summary>Where a version of a subject belongs.</summary>
    public static string PathOf(string directory, string subject, int version) =>
        Path.Combine(directory, Uri.EscapeDataString(subject), $"v{version}.avsc");

    private static string NameOf(SchemaFile file) =>
        file.Schema is NamedSchema named ? named.FullName : Path.GetFileNameWithoutExtension(file.FileName);

    private IEnumerable<Subject> SubjectsOf(SchemaFile file)
    {
        var name = NameOf(file);
        var named = _settings.Subjects.Where(setting => (setting.Schema ?? setting.Name) == name);
        // An enum or a fixed alone in its file is there to be named by others: a subject only where it is said to be one.
        if (file.Schema is not (EnumSchema or FixedSchema))
        {
            named = named.DefaultIfEmpty(new SubjectSetting(name, null, null));
        }

        return named.Select(setting => new Subject(setting.Name, setting.Level ?? _settings.Level, file, VersionsOf(setting.Name)));
    }

    private List<ReleasedSchema> VersionsOf(string subject)
    {
        var directory = Path.Combine(_directory, Uri.EscapeDataString(subject));
        var versions = new List<ReleasedSchema>();
        if (!Directory.Exists(directory))
        {
            return versions;
        }

        foreach (var path in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith('v') && name.EndsWith(".avsc", StringComparison.Ordinal) && int.TryParse(name[1..^5], out var version) && version > 0)
            {
                AddVersion(versions, path, version);
            }
            else
            {
                _problems.Add(new ReportedProblem(path, 1, 1, ProblemCode.ReleasedUnreadable, "a released schema is a file v<number>.avsc"));
            }
        }

        versions.Sort(static (left, right) => left.Version.CompareTo(right.Version));
        return versions;
    }

    private void AddVersion(List<ReleasedSchema> versions, string path, int version)
    {
        var parsed = SchemaParser.Parse(File.ReadAllBytes(path));
        if (parsed.Schema is not null)
        {
            versions.Add(new ReleasedSchema(version, parsed.Schema));
        }

        foreach (var problem in parsed.Problems.Where(static problem => !problem.IsWarning))
        {
            _problems.Add(new ReportedProblem(path, problem.Line, problem.Column, ProblemCode.ReleasedUnreadable, problem.Message));
        }
    }
}
