using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Registry;

/// <summary>Which schemas are wanted as files, and how.</summary>
/// <param name="Patterns">Subjects match one of them; none: all.</param>
/// <param name="Excludes">Subjects that match one of them are left out.</param>
/// <param name="Versions"><c>latest</c>, <c>all</c> or a number.</param>
/// <param name="Directory">Where the files go.</param>
/// <param name="IsReleased">True for <c>&lt;subject&gt;/v&lt;N&gt;.avsc</c>.</param>
/// <param name="IsPretty">True for indented text.</param>
/// <param name="IsDry">True where nothing is written.</param>
internal sealed record DownloadSelection(Regex[] Patterns, Regex[] Excludes, string Versions, string Directory, bool IsReleased, bool IsPretty, bool IsDry)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True for what <see cref="Versions"/> may be.</summary>
    public static bool IsVersions(string? text) => text is "latest" or "all" || (int.TryParse(text, out var number) && number > 0);

    /// <summary>True for subjects that are meant.</summary>
    public bool Wants(string subject) =>
        (Patterns.Length == 0 || Array.Exists(Patterns, pattern => pattern.IsMatch(subject))) && !Array.Exists(Excludes, pattern => pattern.IsMatch(subject));

    /// <summary>The versions that are meant.</summary>
    public IEnumerable<int> VersionsOf(IReadOnlyList<int> numbers) => Versions switch
    {
        "latest" => numbers.TakeLast(1),
        "all" => numbers,
        _ => numbers.Where(number => $"{number}" == Versions),
    };

    /// <summary>Writes one, unless nothing is to be written, and says where.</summary>
    public VerbReport Write(RegisteredSchema schema)
    {
        var name = Uri.EscapeDataString(schema.Subject); // a subject may have slashes
        var file = IsReleased ? Path.Combine(name, $"v{schema.Version}.avsc") : Versions == "latest" ? $"{name}.avsc" : $"{name}-{schema.Version}.avsc";
        var path = Path.Combine(Directory, file);
        var text = (IsPretty ? Pretty(schema.Schema) : schema.Schema) + "\n";
        var same = File.Exists(path) && File.ReadAllText(path) == text;
        if (!same && !IsDry)
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        var verb = same ? "is there already" : IsDry ? "would be written" : "written";
        return new VerbReport(schema.Subject, same ? "unchanged" : "written", $"{schema.Subject} version {schema.Version}, id {schema.Id}: {path} {verb}")
        {
            Id = schema.Id,
            Version = schema.Version,
            File = path,
            DryRun = IsDry ? true : null,
        };
    }

    private static string Pretty(string schema)
    {
        using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = 256 });
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            document.RootElement.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()).ReplaceLineEndings("\n");
    }
}
