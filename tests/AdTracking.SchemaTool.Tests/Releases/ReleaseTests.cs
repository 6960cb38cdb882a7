namespace AdTracking.SchemaTool.Tests;

/// <summary><c>release</c> and <c>test-local</c>: versions in the repository, and what would break their readers.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string Order = """
        {"type":"record","name":"Order","namespace":"shop","fields":[
          {"name":"id","type":"string"},
          {"name":"amount","type":"int"}
        ]}
        """;

    private readonly SchemaDirectory _directory = new();

    private string Released => Path.Combine(_directory.Output, "released");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Release_NewChangedAndUnchanged_AreToldApart()
    {
        _directory.Write("order.avsc", Order);
        var path = Path.Combine(Released, "shop.Order", "v1.avsc");

        Run("release", "--dry-run").ShouldBe(new ToolRun(0, $"shop.Order would become v1: {path}{Environment.NewLine}", ""));
        Directory.Exists(Released).ShouldBeFalse();
        Run("release").ShouldBe(new ToolRun(0, $"shop.Order is v1: {path}{Environment.NewLine}", ""));
        File.ReadAllText(path).ShouldBe(Order + "\n");
        Run("release").ShouldBe(new ToolRun(0, "shop.Order is v1 already." + Environment.NewLine, ""));

        _directory.Change("order.avsc", "\"int\"}", "\"int\"},\n  {\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}");
        Run("release").Output.ShouldStartWith("shop.Order is v2: ");
        File.Exists(Path.Combine(Released, "shop.Order", "v2.avsc")).ShouldBeTrue();
    }

    [Fact]
    public void TestLocal_FieldWithoutDefault_IsToldOnItsLineAndNotReleased()
    {
        _directory.Write("order.avsc", Order);
        Run("release").ExitCode.ShouldBe(0);
        _directory.Change("order.avsc", "  {\"name\":\"amount\"", "  {\"name\":\"note\",\"type\":\"string\"},\n  {\"name\":\"amount\"");

        var test = Run("test-local");
        var release = Run("release");

        test.ExitCode.ShouldBe(1);
        test.Output.ShouldMatch(@"order\.avsc\(3,3\): error ADT4006: .*default.*\[READER_FIELD_MISSING_DEFAULT_VALUE, shop\.Order v1, BACKWARD\]");
        test.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        release.ShouldBe(test);
        Directory.EnumerateFiles(Path.Combine(Released, "shop.Order")).Count().ShouldBe(1);
    }

    [Fact]
    public void TestLocal_RuleOfTheHouseBroken_IsToldBesideWhatBreaksReaders()
    {
        _directory.Write("order.avsc", Order);
        Run("release").ExitCode.ShouldBe(0);
        _directory.Change("order.avsc", "\"type\":\"int\"}", "\"type\":\"int\"},\n  {\"name\":\"note\",\"type\":\"string\",\"adt.nonsense\":1}");

        var run = Run("test-local");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain(": error ADT2001: ");
        run.Output.ShouldContain("order.avsc(4,3): error ADT4006: ");
        Run("release").ShouldBe(run);
    }

    [Theory]
    [InlineData("NONE", 0)]
    [InlineData("BACKWARD", 0)]
    [InlineData("FORWARD", 1)]
    [InlineData("FULL_TRANSITIVE", 1)]
    public void TestLocal_FieldTakenAway_GoesByTheLevel(string level, int exitCode)
    {
        Directory.CreateDirectory(Released);
        const string Settings = """{"level":"NONE","subjects":{"orders-value":{"schema":"shop.Order","level":"?"}}}""";
        File.WriteAllText(Path.Combine(Released, "subjects.json"), Settings.Replace("?", level, StringComparison.Ordinal));
        _directory.Write("order.avsc", Order);
        Run("release").Output.ShouldStartWith("orders-value is v1");
        _directory.Change("order.avsc", ",\n  {\"name\":\"amount\",\"type\":\"int\"}", "");

        Run("test-local").ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public void TestLocal_OlderVersionAlone_IsLookedAtByTransitiveLevelsOnly()
    {
        _directory.Write("order.avsc", Order);
        Run("release");
        _directory.Change("order.avsc", ",\n  {\"name\":\"amount\",\"type\":\"int\"}", "");
        Run("release").ExitCode.ShouldBe(0);
        _directory.Change("order.avsc", "\"string\"}", "\"string\"},\n  {\"name\":\"amount\",\"type\":\"string\",\"default\":\"\"}");

        Run("test-local").ExitCode.ShouldBe(0);
        File.WriteAllText(Path.Combine(Released, "subjects.json"), """{"level":"BACKWARD_TRANSITIVE"}""");
        var strict = Run("test-local");

        strict.ExitCode.ShouldBe(1);
        strict.Output.ShouldMatch(@"order\.avsc\(3,27\): error ADT4001: .*TYPE_MISMATCH, shop\.Order v1");
    }

    [Fact]
    public void TestLocal_TypeOfAnotherFile_IsToldThere()
    {
        _directory.Write("order.avsc", """{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"line","type":"Line"}]}""");
        const string Line = "{\"type\":\"record\",\"name\":\"Line\",\"namespace\":\"shop\",\"fields\":[\n\n\n   {\"name\":\"count\",\"type\":\"int\"}]}";
        var line = _directory.Write("zline.avsc", Line);
        Run("release", "--subject", "*Order").Output.ShouldStartWith("shop.Order is v1");
        _directory.Change("zline.avsc", "\"count\"", "\"number\"");

        Run("test-local").Output.ShouldStartWith($"{line}(4,4): error ADT4006: ");
    }

    [Theory]
    [InlineData("{", "error ADT4102: ")]
    [InlineData("[]", "error ADT4102: ")]
    [InlineData("""{"level":"SOMETIMES"}""", "\"SOMETIMES\" is no level: NONE, BACKWARD")]
    [InlineData("""{"levels":1}""", "\"levels\" is neither")]
    [InlineData("""{"subjects":{"a":{"leve":"FULL"}}}""", "\"leve\" of \"a\" is neither")]
    [InlineData("""{"subjects":{"orders":{"schema":"shop.Ordre"}}}""", "error ADT4103: no schema has the name shop.Ordre")]
    public void Settings_WithoutMeaning_AreTold(string json, string expected)
    {
        Directory.CreateDirectory(Released);
        File.WriteAllText(Path.Combine(Released, "subjects.json"), json);
        _directory.Write("order.avsc", Order);

        var run = Run("test-local");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("subjects.json(1,");
        run.Output.ShouldContain(expected);
    }

    [Fact]
    public void Released_FileThatIsNoVersion_IsTold()
    {
        _directory.Write("order.avsc", Order);
        Run("release");
        File.WriteAllText(Path.Combine(Released, "shop.Order", "latest.avsc"), Order);
        File.WriteAllText(Path.Combine(Released, "shop.Order", "v2.avsc"), "{");

        var run = Run("test-local");

        run.Output.ShouldContain("latest.avsc(1,1): error ADT4101: ");
        run.Output.ShouldContain("v2.avsc(1,2): error ADT4101: ");
    }

    private ToolRun Run(string verb, params string[] more) =>
        ToolRun.Of([verb, "--schemas", _directory.Schemas, "--released", Released, .. more]);
}
