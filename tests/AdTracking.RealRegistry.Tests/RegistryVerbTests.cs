using System.Text.Json;
using AdTracking.SchemaTool.Testing;

namespace AdTracking.RealRegistry.Tests;

/// <summary>The verbs that speak to a registry, against one that others made.</summary>
[Collection(RealParts.Name)]
public sealed class RegistryVerbTests(RealParts parts) : IDisposable
{
    private const string Start = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n  {\"name\":\"a\",\"type\":\"int\"}";
    private const string First = Start + "\n]}";
    private const string Second = Start + ",\n  {\"name\":\"b\",\"type\":\"long\",\"default\":1}\n]}";
    private const string Broken = Start + ",\n  {\"name\":\"c\",\"type\":\"string\"}\n]}";

    private readonly TemporaryDirectory _folder = new("verbs");

    public void Dispose() => _folder.Dispose();

    [RequiresFact(Tool.Registry)]
    public async Task Verbs_RealRegistry_RegisterTestSetAndDownload()
    {
        var server = await parts.EmptyRegistryAsync();
        ToolRun Run(params string[] arguments) => ToolRun.Of([.. arguments, "--registry", server.Url.ToString()]);
        string first = Write("first.avsc", First), second = Write("second.avsc", Second), broken = Write("broken.avsc", Broken);

        Run("register", "--subject", $"s={first}", "--dry-run").ShouldBe(new ToolRun(0, Line("s: would become version 1"), ""));
        Run("register", "--subject", $"s={first}").Output.ShouldStartWith("s: registered as version 1, id ");
        Run("register", "--subject", $"s={first}").Output.ShouldStartWith("s: is version 1 already, id ");

        Run("set-compatibility", "--subject", "s=FULL_TRANSITIVE", "--dry-run").Output.ShouldBe(Line("s: NONE -> FULL_TRANSITIVE"));
        Run("set-compatibility", "--subject", "s=FULL_TRANSITIVE").Output.ShouldBe(Line("s: NONE -> FULL_TRANSITIVE"));
        Run("set-compatibility", "--subject", "s=FULL_TRANSITIVE").Output.ShouldBe(Line("s: is FULL_TRANSITIVE already"));
        Run("set-compatibility", "--level", "FULL").Output.ShouldBe(Line("the registry: BACKWARD -> FULL"));

        Run("test", "--subject", $"s={second}").ShouldBe(new ToolRun(0, Line("s: compatible"), ""));
        var refused = Run("test", "--subject", $"s={broken}");
        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldContain($"{broken}(3,3): error ADT4006: The new schema has the field \"c\" without a default");
        var again = Run("register", "--subject", $"s={broken}");
        again.Output.ShouldMatch(@"\(3,3\): error ADT4006: .* \[READER_FIELD_MISSING_DEFAULT_VALUE, s v1, FULL_TRANSITIVE\]");
        again.Output.ShouldEndWith(Line("s: refused"));
        Run("register", "--subject", $"s={second}", "--json").Lines.Single().GetProperty("action").GetString().ShouldBe("registered");

        var target = _folder.PathOf("down");
        Run("download", "--output", target, "--dry-run").Output.ShouldContain("would be written");
        Directory.Exists(target).ShouldBeFalse();
        Run("download", "--output", target, "--versions", "all", "--released").ExitCode.ShouldBe(0);
        Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(target, path))
            .ShouldBe(["s/v1.avsc", "s/v2.avsc"], ignoreOrder: true);
        JsonElement.DeepEquals(Json(File.ReadAllText(Path.Combine(target, "s", "v2.avsc"))), Json(Second)).ShouldBeTrue();
        Run("download", "--output", target, "--subject", "x.*").ExitCode.ShouldBe(1);
        Run("download", "--output", target, "--exclude", "s").ExitCode.ShouldBe(1);
    }

    [RequiresFact(Tool.Registry)]
    public async Task Verbs_Json_SaySubjectActionAndProblems()
    {
        var server = await parts.EmptyRegistryAsync();
        JsonElement Run(int exitCode, params string[] arguments)
        {
            var run = ToolRun.Of([.. arguments, "--registry", server.Url.ToString(), "--json"]);
            run.ExitCode.ShouldBe(exitCode, run.Output + run.Error);
            return run.Lines.Single();
        }

        string first = Write("first.avsc", First), second = Write("second.avsc", Second), broken = Write("broken.avsc", Broken);
        var down = _folder.PathOf("down");

        var would = $$"""{"subject":"s","action":"registered","version":1,"file":"{{first}}","dryRun":true}""";
        ShouldBe(Run(0, "register", "--subject", $"s={first}", "--dry-run"), would);
        var registered = Run(0, "register", "--subject", $"s={first}");
        var id = registered.GetProperty("id").GetInt32();
        ShouldBe(registered, $$"""{"subject":"s","action":"registered","id":{{id}},"version":1,"file":"{{first}}"}""");
        ShouldBe(Run(0, "register", "--subject", $"s={first}"), $$"""{"subject":"s","action":"unchanged","id":{{id}},"version":1,"file":"{{first}}"}""");
        ShouldBe(Run(0, "set-compatibility", "--subject", "s=FULL"), """{"subject":"s","action":"set","level":"FULL"}""");
        ShouldBe(Run(0, "set-compatibility", "--level", "FULL"), """{"action":"set","level":"FULL"}""");
        ShouldBe(Run(0, "test", "--subject", $"s={second}"), $$"""{"subject":"s","action":"compatible","file":"{{second}}"}""");
        foreach ((var verb, var action) in ((string, string)[])[("test", "incompatible"), ("register", "refused")])
        {
            var refused = Run(1, verb, "--subject", $"s={broken}");
            refused.GetProperty("action").GetString().ShouldBe(action);
            var problem = refused.GetProperty("problems").EnumerateArray().Single();
            problem.GetProperty("message").GetString()!.ShouldMatch("field \"c\" without a default.* \\[READER_FIELD_MISSING_DEFAULT_VALUE, s v1, FULL\\]$");
            problem.EnumerateObject().Take(5).Select(member => $"{member.Name} {member.Value}")
                .ShouldBe([$"file {broken}", "line 3", "column 3", "code ADT4006", "severity error"]);
        }

        ShouldBe(
            Run(0, "download", "--output", down),
            $$"""{"subject":"s","action":"written","id":{{id}},"version":1,"file":"{{Path.Combine(down, "s.avsc")}}"}""");
        ShouldBe(Run(1, "download", "--output", down, "--subject", "x"), """{"action":"nothing"}""");
    }

    [RequiresFact(Tool.Registry)]
    public async Task Test_TypeOfAnotherFile_IsToldThere()
    {
        var server = await parts.EmptyRegistryAsync();
        var schemas = _folder.PathOf("several");
        Directory.CreateDirectory(schemas);
        Write("several/order.avsc", """{"type":"record","name":"Order","fields":[{"name":"line","type":"Line"}]}""");
        var line = Write("several/zline.avsc", "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[\n\n   {\"name\":\"count\",\"type\":\"int\"}]}");
        string[] folder = ["--schemas", schemas, "--released", _folder.PathOf("none"), "--subject", "Order", "--registry", server.Url.ToString()];

        ToolRun.Of(["register", .. folder]).Output.ShouldStartWith("Order: registered as version 1");
        File.WriteAllText(line, File.ReadAllText(line).Replace("count", "number", StringComparison.Ordinal));

        ToolRun.Of(["test", .. folder]).Output.ShouldStartWith($"{line}(3,4): error ADT4006: The new schema has the field \"number\"");
    }

    [RequiresFact(Tool.Registry)]
    public async Task Register_OwnSchemas_ComeUnderTheSubjectsOfTheirTopics()
    {
        var server = await parts.EmptyRegistryAsync();
        string[] folder =
        [
            "--schemas", SchemaDirectory.Committed, "--released", Repository.PathOf("schemas", "released"), "--registry", server.Url.ToString(), "--json",
        ];

        var run = ToolRun.Of(["register", .. folder]);

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Lines.Select(line => line.GetProperty("subject").GetString())
            .ShouldBe(["ad.audit-value", "ad.bad-value", "ad.click-value", "ad.engagement-value", "ad.impression-value"], ignoreOrder: true);
        ToolRun.Of(["test", "--subject", "ad.c*", .. folder]).Lines.Count.ShouldBe(1);
    }

    [RequiresFact(Tool.Registry)]
    public async Task Register_Reference_IsResolvedByTheRegistry()
    {
        var server = await parts.EmptyRegistryAsync();
        ToolRun Run(params string[] arguments) => ToolRun.Of([.. arguments, "--registry", server.Url.ToString()]);
        var symbols = Write("e.avsc", """{"type":"enum","name":"a.E","symbols":["X"]}""");
        var record = Write("r.avsc", """{"type":"record","name":"R","fields":[{"name":"e","type":"a.E"}]}""");

        Run("register", "--subject", $"e={symbols}").ExitCode.ShouldBe(0);
        Run("register", "--subject", $"r={record}", "--reference", "r:a.E=e:1", "--normalize").Output.ShouldStartWith("r: registered as version 1");
        var changed = Write("r2.avsc", """{"type":"record","name":"R","fields":[{"name":"e","type":"a.E"},{"name":"n","type":"int"}]}""");
        var refused = Run("test", "--subject", $"r={changed}", "--reference", "r:a.E=e:1");
        refused.Output.ShouldContain("ADT4006: The new schema has the field \"n\" without a default");
        foreach (var more in (string[][])[[], ["--dry-run"]])
        {
            var nowhere = Run(["register", "--subject", $"q={record}", "--reference", "q:a.E=nowhere:1", .. more]);
            (nowhere.ExitCode, nowhere.Error).ShouldBe((1, ""));
            nowhere.Output.ShouldStartWith($"{record}(1,");
            nowhere.Output.ShouldContain("error ADT");
        }
    }

    private static void ShouldBe(JsonElement found, string expected) => found.GetRawText().ShouldBe(expected);

    private static string Line(string text) => text + Environment.NewLine;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.PathOf(name), text);
        return _folder.PathOf(name);
    }
}
