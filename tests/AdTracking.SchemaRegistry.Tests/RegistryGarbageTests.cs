using System.Net;
using AdTracking.Avro.Compatibility;

namespace AdTracking.SchemaRegistry.Tests;

/// <summary>Answers with status 200 that no registry gives: the node is in trouble, the next one is asked, nothing of it is kept.</summary>
public sealed class RegistryGarbageTests
{
    private const string Schema = "\"int\"";
    private const string Version = """{"subject":"s","version":1,"id":7,"schema":"\"int\""}""";

    /// <summary>Requests, the answer that each wants, and JSON that is none.</summary>
    private static readonly Dictionary<string, (Func<SchemaRegistryClient, Task> Ask, string Good, string[] Odd)> Requests = new()
    {
        ["register"] = (client => client.RegisterAsync("s", Schema), """{"id":7}""", ["{}", """{"id":-1}""", """{"id":"7"}""", """{"id":99999999999}"""]),
        ["look up"] = (client => client.LookUpAsync("s", Schema), Version, ["""{"subject":"s","version":0,"id":7,"schema":""}""", """{"id":7}"""]),
        ["version"] = (client => client.GetVersionAsync("s"), Version, ["""{"subject":"s","version":1,"id":7}""", """{"subject":"s","version":1}"""]),
        ["schema"] = (client => client.GetSchemaAsync(7), """{"schema":"\"int\""}""", ["""{"schema":1}""", """{"schema":"","references":[null]}"""]),
        ["subjects"] = (client => client.GetSubjectsAsync(), """["s"]""", ["[null]", "[1]"]),
        ["versions"] = (client => client.GetVersionsAsync("s"), "[1]", ["[0]", "[-1]", "[\"1\"]"]),
        ["verdict"] = (
            client => client.CheckCompatibilityAsync("s", Schema), """{"is_compatible":true}""", ["""{"is_compatible":"yes"}""", """{"messages":["no"]}"""]),
        ["level"] = (client => client.GetCompatibilityAsync("s"), """{"compatibilityLevel":"FULL"}""", ["""{"compatibilityLevel":"SOMETIMES"}"""]),
        ["set level"] = (client => client.SetCompatibilityAsync("s", CompatibilityLevel.Full), """{"compatibility":"FULL"}""", ["""{"compatibility":1}"""]),
        ["delete level"] = (client => client.DeleteCompatibilityAsync("s"), """{"compatibilityLevel":"FULL"}""", ["[]"]),
    };

    public static TheoryData<string> Names => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_GarbageOfTheFirstNode_AsksTheNextAndStaysThere(string name)
    {
        (var ask, var good, var odd) = Requests[name];
        var wrongShape = good[0] == '[' ? "{}" : "[]";
        byte[][] garbage = [.. ((string[])["", "null", "<html>", good[..^1], good + "}", wrongShape, .. odd]).Select(Utf8), [0xff, 0xfe], NotUtf8(good), Deep];
        foreach (var body in garbage)
        {
            using var stub = Answering(body, good);
            var client = Client(stub);

            await ask(client);
            await ask(client);

            stub.Requests.Select(request => new Uri(request.Line.Split(' ')[1]).Host).ShouldBe(["a", "b", "b"]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_GarbageEverywhere_NamesTheAddressAndMayBeTriedAgain(string name)
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, "<html>welcome</html>");

        var fault = await Should.ThrowAsync<SchemaRegistryException>(Requests[name].Ask(Client(stub)));

        fault.Message.ShouldStartWith($"The answer of {stub.Requests[1].Line.Split(' ')[1]} is not what a registry says: ");
        fault.Message.ShouldContain("http://b:2/");
        (fault.IsGarbage, fault.IsTransient, fault.IsUnreachable).ShouldBe((true, true, false));
        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Send_SomethingIsMissing_SaysWhat()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, """{"version":1}""");

        (await Should.ThrowAsync<SchemaRegistryException>(Client(stub).RegisterAsync("s", Schema))).Message
            .ShouldBe("The answer of http://b:2/subjects/s/versions is not what a registry says: \"id\" is missing or cannot be.");
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task Send_AnswerWithoutEnd_IsReadToTheLimitOnlyAndTheNextIsAsked(HttpStatusCode status)
    {
        using EndlessStream endless = new();
        using StubRegistry stub = new((request, _) => Task.FromResult(IsFirst(request)
            ? new HttpResponseMessage(status) { Content = new StreamContent(endless) }
            : StubRegistry.Response(HttpStatusCode.OK, "[1]")));
        var options = SchemaRegistryOptions.Of("http://a:1,http://b:2") with { ResponseBytesMax = 100_000 };

        (await new SchemaRegistryClient(new HttpClient(stub), options).GetVersionsAsync("s")).ShouldBe([1]);

        endless.BytesRead.ShouldBeInRange(100_000, 120_000);
    }

    [Fact]
    public async Task Send_AnswerThatSaysItIsTooLong_IsNotRead()
    {
        using EndlessStream endless = new();
        using StubRegistry stub = new((_, _) =>
        {
            StreamContent content = new(endless);
            content.Headers.ContentLength = long.MaxValue;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        });

        var fault = await Should.ThrowAsync<SchemaRegistryException>(Client(stub).GetVersionsAsync("s"));

        fault.Message.ShouldBe("The registry at http://b:2 answered with more than 4194304 bytes.");
        fault.IsTransient.ShouldBeTrue();
        endless.BytesRead.ShouldBe(0);
    }

    [Fact]
    public async Task Cache_Garbage_IsNotKept()
    {
        var calls = 0;
        using StubRegistry stub = new((_, _) => Task.FromResult(StubRegistry.Response(HttpStatusCode.OK, ++calls % 2 == 1 ? "{}" : Version)));
        SchemaRegistryCache cache = new(new SchemaRegistryClient(new HttpClient(stub), SchemaRegistryOptions.Of("http://a")));

        await Should.ThrowAsync<SchemaRegistryException>(cache.GetSchemaAsync(7));
        (await cache.GetSchemaAsync(7)).ShouldBe(Schema);
        await Should.ThrowAsync<SchemaRegistryException>(cache.LookUpAsync("s", Schema));
        (await cache.LookUpAsync("s", Schema))!.Id.ShouldBe(7);
        await Should.ThrowAsync<SchemaRegistryException>(cache.RegisterAsync("s", Schema));
        (await cache.RegisterAsync("s", Schema)).ShouldBe(7);
        (await cache.GetSchemaAsync(7)).ShouldBe(Schema);
        calls.ShouldBe(6);
    }

    // Deeper than any answer.
    private static byte[] Deep => Utf8(new string('[', 1000));

    private static byte[] Utf8(string text) => global::System.Text.Encoding.UTF8.GetBytes(text);

    // A string with a byte that no character has, or nothing but such bytes where there is no string.
    private static byte[] NotUtf8(string good)
    {
        var bytes = Utf8(good);
        var quote = Array.LastIndexOf(bytes, (byte)'"');
        bytes[Math.Max(quote - 1, 0)] = 0xff;
        return bytes;
    }

    private static bool IsFirst(HttpRequestMessage request) => request.RequestUri!.Host == "a";

    private static StubRegistry Answering(byte[] first, string second) => new((request, _) => Task.FromResult(IsFirst(request)
        ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(first) }
        : StubRegistry.Response(HttpStatusCode.OK, second)));

    private static SchemaRegistryClient Client(HttpMessageHandler handler) => new(new HttpClient(handler), SchemaRegistryOptions.Of("http://a:1,http://b:2"));
}
