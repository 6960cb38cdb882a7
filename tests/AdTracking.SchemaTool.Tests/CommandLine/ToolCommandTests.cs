namespace AdTracking.SchemaTool.Tests;

/// <summary>The verbs, their exit codes, and the form of what they print.</summary>
public sealed class ToolCommandTests : IDisposable
{
    private readonly SchemaDirectory _directory = SchemaDirectory.OfCommitted();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Generate_Twice_SecondRunChangesNothing()
    {
        var first = ToolRun.On(_directory, "generate");
        var second = ToolRun.On(_directory, "generate");

        first.ExitCode.ShouldBe(0);
        first.Output.ShouldMatch("^[1-9][0-9]* files changed");
        second.ExitCode.ShouldBe(0);
        second.Output.ShouldBe("Everything was fresh." + Environment.NewLine);
    }

    [Fact]
    public void Generate_StrayFile_IsRemoved()
    {
        var stray = Path.Combine(_directory.Output, "Gone.g.cs");
        File.WriteAllText(stray, "");

        ToolRun.On(_directory, "generate").ExitCode.ShouldBe(0);

        File.Exists(stray).ShouldBeFalse();
    }

    [Fact]
    public void Generate_BadSchema_WritesNothingAndSaysWhere()
    {
        var line = _directory.Change("BadEvent.avsc", "\"adt.maxLength\": 36", "\"adt.maxLength\": -36");

        var run = ToolRun.On(_directory, "generate");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain($"BadEvent.avsc({line},");
        run.Output.ShouldMatch(@"BadEvent\.avsc\(\d+,\d+\): error ADT2002: bad_id: 'adt\.maxLength' has to be a positive integer");
        Directory.EnumerateFiles(_directory.Output).ShouldBeEmpty();
    }

    [Fact]
    public void Check_FreshCode_IsQuiet()
    {
        ToolRun.On(_directory, "generate");

        ToolRun.On(_directory, "check").ShouldBe(new ToolRun(0, "", ""));
    }

    [Fact]
    public void Check_ChangedSchema_NamesEveryStaleFileAtItsLine()
    {
        ToolRun.On(_directory, "generate");
        _directory.Change("BadEvent.avsc", "\"adt.revision\": 1", "\"adt.revision\": 2");

        var run = ToolRun.On(_directory, "check");

        run.ExitCode.ShouldBe(1);
        var lines = run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => line.Contains("BadEventSchema.g.cs(", StringComparison.Ordinal));
        lines.Single().ShouldContain("error ADT3002: this is not what comes of BadEvent.avsc");
        var at = int.Parse(lines[0].Split('(', ',')[1]);
        File.ReadAllLines(Path.Combine(_directory.Output, "BadEventSchema.g.cs"))[at - 1].ShouldContain("Revision = 1");
    }

    [Fact]
    public void Check_MissingAndStrayFiles_NamesBoth()
    {
        ToolRun.On(_directory, "generate");
        File.Move(Path.Combine(_directory.Output, "SigStatus.g.cs"), Path.Combine(_directory.Output, "Other.g.cs"));

        var run = ToolRun.On(_directory, "check");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("SigStatus.g.cs(1,1): error ADT3001");
        run.Output.ShouldContain("Other.g.cs(1,1): error ADT3003");
    }

    [Fact]
    public void Check_DocsWithoutMarks_SaysWhereTheTablesBelong()
    {
        ToolRun.On(_directory, "generate");
        var docs = Path.Combine(_directory.Output, "events.md");
        File.WriteAllText(docs, "# Events\n");

        var run = ToolRun.Of("check", "--schemas", _directory.Schemas, "--output", _directory.Output, "--namespace", "AdTracking.Events", "--docs", docs);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("events.md(1,1): error ADT3004");
    }

    [Fact]
    public void Validate_CommittedSchemas_IsQuiet() => ToolRun.Of("validate", SchemaDirectory.Committed).ShouldBe(new ToolRun(0, "", ""));

    [Fact]
    public void Validate_NotJson_SaysWhere()
    {
        var path = _directory.Write("Broken.avsc", "{\n  \"type\": \"record\",\n  oops\n}");

        var run = ToolRun.Of("validate", path);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldStartWith($"{path}(3,3): error ADT1001: ");
    }

    [Fact]
    public void Validate_AvroOnly_LeavesTheHouseRulesOut()
    {
        _directory.Change("BadEvent.avsc", "\"adt.maxLength\": 64", "\"adt.maxLength\": 64, \"adt.nonsense\": 1");
        var path = Path.Combine(_directory.Schemas, "BadEvent.avsc");

        ToolRun.Of("validate", path).ExitCode.ShouldBe(1);
        ToolRun.Of("validate", "--avro-only", path).ShouldBe(new ToolRun(0, "", ""));
    }

    [Fact]
    public void Validate_TypeOfAnotherFile_IsLookedForInTheGivenOnes()
    {
        var order = _directory.Write("Order.avsc", """{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"line","type":"Line"}]}""");
        var line = _directory.Write("Zline.avsc", """{"type":"record","name":"Line","namespace":"shop","fields":[{"name":"n","type":"int"}]}""");

        ToolRun.Of("validate", order, line, "--avro-only").ShouldBe(new ToolRun(0, "", ""));
        ToolRun.Of("validate", order, "--avro-only").Output.ShouldStartWith($"{order}(1,84): error ADT1006: \"shop.Line\" is neither");
        ToolRun.Of("validate", "--help").Output.ShouldContain("no registry is asked");
    }

    [Theory]
    [InlineData]
    [InlineData("generate")]
    [InlineData("generate", "--schemas", "/nowhere/at/all", "--output", "x")]
    [InlineData("validate", "/nowhere/at/all.avsc")]
    [InlineData("check", "--nonsense")]
    [InlineData("nonsense")]
    public void Run_WrongUse_ExitsWith64AndSaysWhy(params string[] arguments)
    {
        var run = ToolRun.Of(arguments);

        run.ExitCode.ShouldBe(64);
        run.Error.ShouldContain("adtracking-schema --help");
    }

    [Fact]
    public void Run_Help_ListsTheVerbs()
    {
        var run = ToolRun.Of("--help");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("generate");
        run.Output.ShouldContain("check");
        run.Output.ShouldContain("validate");
    }
}
