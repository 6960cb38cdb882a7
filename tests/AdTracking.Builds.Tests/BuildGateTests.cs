using AdTracking.SchemaTool;
using AdTracking.Testing;

namespace AdTracking.Builds.Tests;

/// <summary>The MSBuild target that every project with schemas imports.</summary>
public sealed class BuildGateTests : IDisposable
{
    private readonly SchemaDirectory _directory = SchemaDirectory.OfCommitted();

    public BuildGateTests() => ToolRun.On(_directory, "generate").ExitCode.ShouldBe(0);

    private string Project => Path.Combine(_directory.Schemas, "..", "Probe.proj");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task CheckSchemas_NothingChanged_DoesNotRunAgain()
    {
        var first = await BuildAsync();
        var second = await BuildAsync();

        first.ExitCode.ShouldBe(0, first.Output);
        first.Output.ShouldContain("adtracking-schema.dll\" check");
        second.ExitCode.ShouldBe(0, second.Output);
        second.Output.ShouldNotContain("adtracking-schema.dll\" check");
    }

    [Fact]
    public async Task CheckSchemas_StaleOrMissingFile_FailsWithFileAndLine()
    {
        (await BuildAsync()).ExitCode.ShouldBe(0);
        _directory.Change("BadEvent.avsc", "\"adt.revision\": 1", "\"adt.revision\": 2");
        var stale = await BuildAsync();
        _directory.Change("BadEvent.avsc", "\"adt.revision\": 2", "\"adt.revision\": 1");
        File.Delete(Path.Combine(_directory.Output, "SigStatus.g.cs"));
        var missing = await BuildAsync();

        stale.ExitCode.ShouldBe(1);
        stale.Output.ShouldMatch(@"BadEventSchema\.g\.cs\(\d+,1\): error ADT3002: ");
        missing.ExitCode.ShouldBe(1);
        missing.Output.ShouldContain("SigStatus.g.cs(1,1): error ADT3001: ");
    }

    [Fact]
    public async Task CheckSchemas_BrokenRule_FailsOnTheLineOfTheSchema()
    {
        var line = _directory.Change("LedgerEntry.avsc", "\"timestamp-millis\"", "\"timestamp-micros\"");

        var run = await BuildAsync();

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain($"LedgerEntry.avsc({line},5): error ADT2101: minute_ts: ");
    }

    private async Task<ProcessOutcome> BuildAsync()
    {
        await File.WriteAllTextAsync(Project, $"""
            <Project>
              <PropertyGroup>
                <IntermediateOutputPath>obj/</IntermediateOutputPath>
                <SchemaCheckNamespace>AdTracking.Events</SchemaCheckNamespace>
              </PropertyGroup>
              <ItemGroup><SchemaCheckTool Include="{typeof(ToolCommand).Assembly.Location}" /></ItemGroup>
              <Target Name="ResolveProjectReferences" />
              <Import Project="{Repository.PathOf("src", "AdTracking.SchemaTool", "build", "AdTracking.SchemaTool.targets")}" />
            </Project>
            """);
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Project)!, "obj"));
        // No node of this build may outlive the test.
        string[] arguments = ["msbuild", Project, "-t:CheckSchemas", "-v:normal", "-nologo", "-nodeReuse:false"];
        return await ToolProcess.RunAsync("dotnet", arguments, TimeSpan.FromMinutes(2));
    }
}
