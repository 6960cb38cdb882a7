using System.Collections;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Hosting;
using AdTracking.Gateway.Storage;
using TemporaryDirectory = AdTracking.Testing.TemporaryDirectory;

namespace AdTracking.Gateway.Tests.Hosting;

public sealed class GatewayProcessTests
{
    [Fact]
    public async Task Run_WrongSettings_NamesAllAndEndsWith78()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await GatewayProcess.RunAsync(["--Http:Port=x", "--Http:Nonsense=1"], new Hashtable(), output, errors);

        code.ShouldBe(ExitCode.Configuration);
        errors.ToString().ShouldBe("""
            The settings have 2 problem(s):
              Http:Nonsense: unknown setting
              Http:Port: 'x' is not a whole number

            """);
        output.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help", "Http:Port = 8080")]
    [InlineData("-h", "adtracking-gateway --check")]
    [InlineData("--version", "0.")]
    public async Task Run_Question_IsAnsweredAndEndsWith0(string argument, string expected)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await GatewayProcess.RunAsync(["--Http:Port=x", argument], new Hashtable(), output, errors);

        code.ShouldBe(ExitCode.Done);
        output.ToString().ShouldContain(expected);
        errors.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--Http:Port=18080", ExitCode.Done)]
    [InlineData("--Http:Port=x", ExitCode.Configuration)]
    public async Task Run_Check_EndsWithWhatTheSettingsDeserveAndStartsNothing(string setting, int expected)
    {
        using var folder = new TemporaryDirectory("check");
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await GatewayProcess.RunAsync(["--check", setting, $"--Data:Directory={folder.PathOf("data")}"], new Hashtable(), output, errors);

        code.ShouldBe(expected);
        (output.ToString().Contains("* Http:Port = 18080"), errors.ToString().Contains("Http:Port: 'x'")).ShouldBe((code == 0, code != 0));
        Directory.Exists(folder.PathOf("data")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_DataDirectoryThatIsAFile_EndsWith74AndSaysWhy()
    {
        var file = Path.GetTempFileName();
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await GatewayProcess.RunAsync([$"--Data:Directory={file}", "--Logging:LogLevel:Default=None"], new Hashtable(), output, errors);

        code.ShouldBe(ExitCode.DataDirectory);
        errors.ToString().ShouldStartWith($"The data directory {file} cannot be made: ");
        File.Delete(file);
    }

    [Fact]
    public void Describe_Embedded_SaysWhatIsNotDurableAndWhatToTry()
    {
        var addresses = new GatewayFile(1, "http://127.0.0.1:8080", "http://127.0.0.1:9464", "127.0.0.1:9092", "http://127.0.0.1:8081");

        var text = StartupNotice.Describe(addresses, isKafkaEmbedded: true, "/data", journal: null);

        text.ShouldContain("FOR DEVELOPMENT");
        text.ShouldContain("curl -i 'http://127.0.0.1:8080/v1/i?asid=");
        text.ShouldContain("adtracking tail");
        StartupNotice.Describe(addresses, isKafkaEmbedded: false, "/data", journal: null).ShouldNotContain("DEVELOPMENT");
    }
}
