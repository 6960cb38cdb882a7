using System.Text.Json;
using AdTracking.Testing;

namespace AdTracking.System.Tests.CommandLine;

/// <summary><c>adtracking journal inspect</c>, as an operator types it.</summary>
public sealed class JournalInspectTests
{
    private static readonly string Sound = Repository.PathOf("tests", "AdTracking.Emitter.Tests", "Data", "journal-v1");

    [Fact]
    public async Task Inspect_SoundJournal_ShowsItInBothForms()
    {
        var text = await RunAsync(Sound);
        text.ExitCode.ShouldBe(0, text.Errors);
        text.Output.ShouldContain("00000000000000a7.seg  ok");
        text.Output.ShouldContain("batch   ffffffff00000001");
        text.Output.ShouldContain("note    0102030405060708");
        text.Output.ShouldContain("2 waiting");

        var json = await RunAsync(Sound, "--json");
        json.ExitCode.ShouldBe(0, json.Errors);
        using var document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("totals").GetProperty("events").GetInt32().ShouldBe(8);
        document.RootElement.GetProperty("segments")[0].GetProperty("batches").GetArrayLength().ShouldBe(3);

        var brief = await RunAsync(Sound, "--brief", "--quick");
        brief.ExitCode.ShouldBe(0, brief.Errors);
        brief.Output.ShouldNotContain("batch   ");
    }

    [Fact]
    public async Task Inspect_DamagedJournal_EndsWith2AndSaysWhere()
    {
        using var data = new TemporaryDirectory("inspect");
        Directory.CreateDirectory(data.PathOf("journal"));
        foreach (var path in Directory.GetFiles(Sound, "*a7.*"))
        {
            File.Copy(path, data.PathOf("journal/" + Path.GetFileName(path)));
        }

        var segment = data.PathOf("journal/00000000000000a7.seg");
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[64 + 224 + 50] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        var text = await RunAsync(data.FullPath);

        text.ExitCode.ShouldBe(2, text.Errors);
        text.Output.ShouldContain("DAMAGE  00000000000000a7.seg groups at 288,");
        text.Output.ShouldContain("2 events missing");
        (await File.ReadAllBytesAsync(segment)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Inspect_NoJournal_EndsWith74()
    {
        using var data = new TemporaryDirectory("inspect");
        var outcome = await RunAsync(data.PathOf("none"));
        outcome.ExitCode.ShouldBe(74);
        outcome.Errors.ShouldContain("No such file");
    }

    [Fact]
    public async Task Inspect_RunningGateway_IsNotDisturbed()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var outcome = await RunAsync(gateway.DataDirectory, "--json");
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        using var document = JsonDocument.Parse(outcome.Output);
        document.RootElement.GetProperty("otherFiles").GetArrayLength().ShouldBe(0);
    }

    private static Task<ProcessOutcome> RunAsync(params string[] arguments) =>
        ToolProcess.RunAsync(Repository.Executable("AdTracking.Cli", "adtracking"), ["journal", "inspect", .. arguments]);
}
