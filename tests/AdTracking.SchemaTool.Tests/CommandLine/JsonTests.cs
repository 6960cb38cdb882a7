using System.Text.Json;

namespace AdTracking.SchemaTool.Tests;

/// <summary><c>--json</c>: the same shape for all verbs. Those that speak to a registry are in RegistryVerbTests.</summary>
public sealed class JsonTests : IDisposable
{
    private const string Order = """
        {"type":"record","name":"Order","namespace":"shop","fields":[
          {"name":"id","type":"string"},
          {"name":"amount","type":"int"}
        ]}
        """;

    private readonly SchemaDirectory _directory = new();
    private readonly string _order;

    public JsonTests() => _order = _directory.Write("order.avsc", Order);

    private string Released => Path.Combine(_directory.Output, "released");

    private string[] Folders => ["--schemas", _directory.Schemas, "--released", Released];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("generate")]
    [InlineData("check")]
    [InlineData("validate")]
    [InlineData("test-local")]
    [InlineData("release")]
    [InlineData("download")]
    [InlineData("test")]
    [InlineData("register")]
    [InlineData("set-compatibility")]
    public void Help_EveryVerb_OffersIt(string verb) => ToolRun.Of(verb, "--help").Output.ShouldContain("--json");

    [Fact]
    public void Validate_GoodAndBadFiles_HaveALineEach()
    {
        var oops = _directory.Write("oops.avsc", "{\n  \"type\": \"record\",\n  oops\n}");

        var run = Run(1, "validate", _directory.Schemas);

        run.Lines.Count.ShouldBe(2);
        ProblemShouldBe(run.Lines[0], "invalid", oops, 3, 3, "ADT1001", "error");
        run.Lines[1].GetRawText().ShouldBe($$"""{"action":"valid","file":"{{_order}}"}""");
    }

    [Fact]
    public void Validate_Warning_IsInTheLineOfAValidFile()
    {
        _directory.Change("order.avsc", "\"int\"", "{\"type\":\"int\",\"logicalType\":\"decimal\"}");

        var run = Run(0, "validate", _directory.Schemas);

        ProblemShouldBe(run.Lines.Single(), "valid", _order, 3, 55, "ADT1101", "warning");
    }

    [Fact]
    public void TestLocal_CompatibleAndNot_SayWhatTheyBreak()
    {
        var other = _directory.Write("other.avsc", """{"type":"record","name":"Other","namespace":"shop","fields":[]}""");
        Run(0, "release", Folders);
        _directory.Change("order.avsc", "  {\"name\":\"amount\"", "  {\"name\":\"note\",\"type\":\"string\"},\n  {\"name\":\"amount\"");

        var run = Run(1, "test-local", Folders);

        run.Lines.Count.ShouldBe(2);
        ProblemShouldBe(run.Lines[0], "incompatible", _order, 3, 3, "ADT4006", "error");
        run.Lines[0].GetProperty("subject").GetString().ShouldBe("shop.Order");
        run.Lines[0].GetProperty("level").GetString().ShouldBe("BACKWARD");
        run.Lines[1].GetRawText().ShouldBe($$"""{"subject":"shop.Other","action":"compatible","level":"BACKWARD","file":"{{other}}"}""");
    }

    [Fact]
    public void TestLocal_SettingsWithoutMeaning_HaveALineOfTheirOwn()
    {
        Directory.CreateDirectory(Released);
        var settings = Path.Combine(Released, "subjects.json");
        File.WriteAllText(settings, """{"level":"SOMETIMES"}""");

        var run = Run(1, "test-local", Folders);

        ProblemShouldBe(run.Lines[0], "invalid", settings, 1, 1, "ADT4102", "error");
        run.Lines[1].GetProperty("action").GetString().ShouldBe("compatible");
    }

    [Fact]
    public void Release_NewUnchangedAndBreaking_AreToldApart()
    {
        string Line(string action, string more = "") =>
            $$"""{"subject":"shop.Order","action":"{{action}}","version":1,"level":"BACKWARD","file":"{{_order}}","target":"{{PathOf(1)}}"{{more}}}""";

        Run(0, "release", [.. Folders, "--dry-run"]).Lines.Single().GetRawText().ShouldBe(Line("released", ",\"dryRun\":true"));
        Run(0, "release", Folders).Lines.Single().GetRawText().ShouldBe(Line("released"));
        File.Exists(PathOf(1)).ShouldBeTrue();
        Run(0, "release", Folders).Lines.Single().GetRawText().ShouldBe(Line("unchanged"));
        _directory.Change("order.avsc", "\"int\"", "\"string\"");
        ProblemShouldBe(Run(1, "release", Folders).Lines.Single(), "incompatible", _order, 3, 27, "ADT4001", "error");
        File.Exists(PathOf(2)).ShouldBeFalse();
    }

    [Fact]
    public void GenerateAndCheck_Files_AreNamedWithWhatHappenedToThem()
    {
        string[] sources = ["--schemas", _directory.Schemas, "--output", _directory.Output, "--namespace", "Shop"];
        string Generated(string name) => Path.Combine(_directory.Output, name);
        File.WriteAllText(Generated("Stray.g.cs"), "");

        Files(Run(0, "generate", sources))
            .ShouldBe([$"written {Generated("Order.g.cs")}", $"written {Generated("OrderSchema.g.cs")}", $"removed {Generated("Stray.g.cs")}"]);
        Files(Run(0, "generate", sources)).ShouldBe([$"unchanged {Generated("Order.g.cs")}", $"unchanged {Generated("OrderSchema.g.cs")}"]);
        Files(Run(0, "check", sources)).ShouldBe([$"valid {_order}"]);
        File.Delete(Generated("Order.g.cs"));
        var stale = Run(1, "check", sources);
        ProblemShouldBe(stale.Lines[0], "invalid", Generated("Order.g.cs"), 1, 1, "ADT3001", "error");
        stale.Lines[1].GetProperty("action").GetString().ShouldBe("valid");
        _directory.Change("order.avsc", "\"int\"", "\"nothing\"");
        foreach (var verb in (string[])["generate", "check"])
        {
            ProblemShouldBe(Run(1, verb, sources).Lines.Single(), "invalid", _order, 3, 27, "ADT1006", "error");
        }
    }

    private static void ProblemShouldBe(JsonElement line, string action, string file, int row, int column, string code, string severity)
    {
        line.GetProperty("action").GetString().ShouldBe(action);
        var problem = line.GetProperty("problems").EnumerateArray().Single();
        problem.EnumerateObject().Select(static member => member.Name).ShouldBe(["file", "line", "column", "code", "severity", "message"]);
        problem.EnumerateObject().Take(5).Select(static member => member.Value.ToString()).ShouldBe([file, $"{row}", $"{column}", code, severity]);
        problem.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    private static IEnumerable<string> Files(ToolRun run) => run.Lines.Select(static line => $"{line.GetProperty("action")} {line.GetProperty("file")}");

    private static ToolRun Run(int exitCode, string verb, params string[] arguments)
    {
        var run = ToolRun.Of([verb, .. arguments, "--json"]);
        run.ExitCode.ShouldBe(exitCode, run.Output + run.Error);
        run.Error.ShouldBe("");
        return run;
    }

    private string PathOf(int version) => Path.Combine(Released, "shop.Order", $"v{version}.avsc");
}
