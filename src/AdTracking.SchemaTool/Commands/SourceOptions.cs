using System.CommandLine;
using AdTracking.SchemaTool.Generation;

namespace AdTracking.SchemaTool.Commands;

/// <summary>The options that <c>generate</c> and <c>check</c> share: what is read, and where the results belong.</summary>
internal sealed class SourceOptions
{
    private readonly Option<DirectoryInfo> _schemas = new Option<DirectoryInfo>("--schemas")
    {
        Description = "Directory of the .avsc files.",
        Required = true,
    }.AcceptExistingOnly();

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "Directory of the generated .g.cs files. It holds nothing else: files that no schema asks for are removed.",
        Required = true,
    };

    private readonly Option<string?> _namespace = new("--namespace")
    {
        Description = "C# namespace of the generated code; by default the schema's own, with capitals.",
    };

    private readonly Option<FileInfo?> _docs = new("--docs")
    {
        Description = "Markdown file that gets the tables of fields, between its two marks.",
    };

    private readonly Option<DirectoryInfo?> _released = new("--released")
    {
        Description = "Directory of the released schemas (<subject>/v<N>.avsc, subjects.json): what breaks their readers is a problem.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_schemas);
        command.Options.Add(_output);
        command.Options.Add(_namespace);
        command.Options.Add(_docs);
        command.Options.Add(_released);
    }

    /// <summary>What was said on the command line. Paths stay as they were written, since they are printed.</summary>
    public SourceSelection Read(ParseResult parsed) => new(
        PathOf(parsed, _schemas)!, PathOf(parsed, _output)!, parsed.GetValue(_namespace), PathOf(parsed, _docs), PathOf(parsed, _released));

    private static string? PathOf<T>(ParseResult parsed, Option<T> option)
        where T : FileSystemInfo? => parsed.GetValue(option)?.ToString();
}
