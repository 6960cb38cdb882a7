using System.Net;

namespace AdTracking.SchemaTool.Tests;

/// <summary>The verbs that speak to a registry, where there is none or they are used wrongly.</summary>
public sealed class RegistryVerbErrorTests : IDisposable
{
    private const string First = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""";

    private readonly TemporaryDirectory _folder = new("verbs");
    private int _requests;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("register")]
    [InlineData("test")]
    public void Verb_FileIsNoSchema_IsToldWithoutTheRegistry(string verb)
    {
        var path = Write("oops.avsc", "{\n  \"type\": \"record\",\n  oops\n}");
        string[] arguments = [verb, "--subject", $"s={path}", "--registry", "http://127.0.0.1:1"];

        ToolRun people = ToolRun.Of(arguments), machines = ToolRun.Of([.. arguments, "--json"]);

        (people.ExitCode, people.Error, machines.ExitCode, machines.Error).ShouldBe((1, "", 1, ""));
        people.Output.ShouldStartWith($"{path}(3,3): error ADT1001: s: ");
        var problem = machines.Lines.Single().GetProperty("problems").EnumerateArray().Single();
        (problem.GetProperty("line").GetInt32(), problem.GetProperty("code").GetString()).ShouldBe((3, "ADT1001"));
    }

    [Theory]
    [InlineData("register")]
    [InlineData("test")]
    public void Verb_NobodyAnswers_ExitsWith69(string verb)
    {
        var address = $"http://127.0.0.1:{FreePorts.Take()}";

        var run = ToolRun.Of(verb, "--subject", $"s={Write("first.avsc", First)}", "--registry", address, "--retries", "1");

        run.ExitCode.ShouldBe(69);
        run.Error.ShouldContain($"The registry at {address} cannot be reached");
    }

    [Fact]
    public void Verb_AnswersAreGarbage_TriesAgainNamesTheAddressAndExitsWith69()
    {
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{FreePorts.Take()}";
        listener.Prefixes.Add(address + "/");
        listener.Start();
        _ = WelcomeAsync(listener); // nobody waits for its end: a listener that is stopped may leave its last wait open

        var run = ToolRun.Of("register", "--subject", $"s={Write("first.avsc", First)}", "--registry", address, "--retries", "1");
        listener.Stop();

        (run.ExitCode, run.Output).ShouldBe((69, ""));
        run.Error.ShouldBe(Line($"The answer of {address}/subjects/s is not what a registry says: it is not the JSON that was asked for."));
        Volatile.Read(ref _requests).ShouldBe(2);
    }

    [Theory]
    [InlineData("register", "--subject", "s=/nowhere.avsc", "--registry", "http://x")]
    [InlineData("register", "--registry", "http://x")]
    [InlineData("test", "--subject", "pattern-only", "--registry", "http://x")]
    [InlineData("set-compatibility", "--subject", "s=NOPE", "--registry", "http://x")]
    [InlineData("set-compatibility", "--level", "GLOBAL", "--registry", "http://x")]
    [InlineData("set-compatibility", "--registry", "http://x")]
    [InlineData("download", "--output", "x", "--subject", "(", "--registry", "http://x")]
    [InlineData("download", "--output", "x", "--versions", "0", "--registry", "http://x")]
    [InlineData("download", "--output", "x", "--registry", "ftp://x")]
    [InlineData("download", "--output", "x", "--registry", "http://x", "--username", "u")]
    [InlineData("download", "--output", "x", "--registry", "http://x", "--timeout-ms", "0")]
    public void Verb_WrongUse_ExitsWith64(params string[] arguments) => ToolRun.Of(arguments).ExitCode.ShouldBe(64);

    // A server that is no registry.
    private async Task WelcomeAsync(HttpListener listener)
    {
        while (true)
        {
            try
            {
                var request = await listener.GetContextAsync();
                Interlocked.Increment(ref _requests);
                request.Response.Close("<html>Welcome</html>"u8.ToArray(), willBlock: true);
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static string Line(string text) => text + Environment.NewLine;

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.PathOf(name), text);
        return _folder.PathOf(name);
    }
}
