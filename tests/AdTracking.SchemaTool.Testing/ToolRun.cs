using System.Text.Json;

namespace AdTracking.SchemaTool.Testing;

/// <summary>One run of the tool in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>The output of <c>--json</c>.</summary>
    public IReadOnlyList<JsonElement> Lines =>
        [.. Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public static ToolRun Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = ToolCommand.Run(arguments, output, error);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    public static ToolRun On(SchemaDirectory directory, string verb) =>
        Of(verb, "--schemas", directory.Schemas, "--output", directory.Output, "--namespace", "AdTracking.Events");
}
