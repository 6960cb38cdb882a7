using System.Reflection;
using System.Text.RegularExpressions;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;
using AdTracking.SchemaTool.Generation;
using AdTracking.SchemaTool.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Generated code of many folders of schemas, compiled at once, as strictly as the compiler can.</summary>
internal static partial class CompiledBatch
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(AvroWriter).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The generated files of a folder; fails where a schema has a problem.</summary>
    public static IReadOnlyList<GeneratedFile> Generate(string directory, string? ns = null)
    {
        var folder = SchemaFolder.Read(directory);
        folder.Problems.Sorted.Where(static problem => !problem.IsWarning).ShouldBeEmpty();
        var files = Generator.Generate(folder, new SourceSelection(directory, "", ns, null));
        files.Select(static file => file.Path.ToUpperInvariant()).ShouldBeUnique();
        return files;
    }

    /// <summary>Compiles; any warning fails.</summary>
    public static Assembly Compile(IEnumerable<GeneratedFile> files, params string[] others)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose);
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, parsing, file.Path))
            .Concat(others.Select(text => CSharpSyntaxTree.ParseText(text, parsing.WithDocumentationMode(DocumentationMode.Parse), "Probe.cs")));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Batch" + Guid.NewGuid().ToString("N"), trees, References, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        result.Diagnostics.Where(static found => found.Severity >= DiagnosticSeverity.Warning).Take(20).Select(Shown).ShouldBeEmpty();
        return Assembly.Load(image.ToArray());
    }

    /// <summary>The class made of the schema of a file: the one that says so in its <c>SchemaJson</c> and has a full name of its own.</summary>
    public static Type TypeOf(Assembly assembly, IReadOnlyList<GeneratedFile> files, string origin, AvroSchema schema)
    {
        var fullName = schema is RecordSchema ? schema.BranchName : schema.TypeName;
        var text = files.First(file => file.Origin == origin && file.Text.Contains($"FullName = \"{fullName}\"", StringComparison.Ordinal)).Text;
        var name = ClassName().Match(text).Groups[1].Value;
        return assembly.GetType($"{SpaceName().Match(text).Groups[1].Value}.{name}", throwOnError: true)!;
    }

    private static string Shown(Diagnostic found)
    {
        var place = found.Location.GetLineSpan();
        var line = found.Location.SourceTree?.GetText().Lines[place.StartLinePosition.Line].ToString().Trim() ?? "";
        return $"{place.Path}({place.StartLinePosition.Line + 1}): {found.Id} {found.GetMessage()} in: {line}";
    }

    [GeneratedRegex(@"public static class (\w+)Schema")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"namespace ([\w.]+);")]
    private static partial Regex SpaceName();
}
