using System.Net;

namespace AdTracking.SchemaRegistry.Tests;

/// <summary>Answers are asked for once, also by many at once, and the memory for them has a bound.</summary>
public sealed class SchemaRegistryCacheTests
{
    [Fact]
    public async Task GetSchema_ManyAtOnce_AskOnce()
    {
        TaskCompletionSource<HttpResponseMessage> answer = new();
        using StubRegistry stub = new((_, _) => answer.Task);
        var cache = Cache(stub);

        Task<string?>[] callers = [.. Enumerable.Range(0, 20).Select(_ => cache.GetSchemaAsync(5))];
        answer.SetResult(StubRegistry.Response(HttpStatusCode.OK, """{"schema":"\"int\""}"""));

        (await Task.WhenAll(callers)).ShouldAllBe(text => text == "\"int\"");
        (await cache.GetSchemaAsync(5)).ShouldBe("\"int\"");
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetSchema_NotThereOrFailed_IsAskedAgain()
    {
        var calls = 0;
        using StubRegistry stub = new((_, _) => Task.FromResult(++calls switch
        {
            1 => StubRegistry.Response(HttpStatusCode.NotFound, """{"error_code":40403}"""),
            2 => StubRegistry.Response(HttpStatusCode.InternalServerError, ""),
            _ => StubRegistry.Response(HttpStatusCode.OK, """{"schema":"\"int\""}"""),
        }));
        var cache = Cache(stub);

        (await cache.GetSchemaAsync(5)).ShouldBeNull();
        await Should.ThrowAsync<SchemaRegistryException>(cache.GetSchemaAsync(5));
        (await cache.GetSchemaAsync(5)).ShouldBe("\"int\"");
    }

    [Fact]
    public async Task GetSchema_MoreThanTheBound_ForgetsTheLongestUnused()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, """{"schema":"\"int\""}""");
        var cache = Cache(stub, entriesMax: 2);

        foreach (var id in (int[])[1, 2, 1, 3, 1, 2])
        {
            await cache.GetSchemaAsync(id);
        }

        stub.Requests.Select(request => request.Line[^1]).ShouldBe(['1', '2', '3', '2']);
    }

    [Fact]
    public async Task GetSchema_CallerGivesUp_OthersGetTheAnswer()
    {
        TaskCompletionSource<HttpResponseMessage> answer = new();
        using StubRegistry stub = new((_, _) => answer.Task);
        var cache = Cache(stub);
        using CancellationTokenSource impatient = new();

        var first = cache.GetSchemaAsync(5, impatient.Token);
        var second = cache.GetSchemaAsync(5);
        await impatient.CancelAsync();
        answer.SetResult(StubRegistry.Response(HttpStatusCode.OK, """{"schema":"\"int\""}"""));

        await Should.ThrowAsync<OperationCanceledException>(first);
        (await second).ShouldBe("\"int\"");
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RegisterAndLookUp_SameSchema_AskOnceEach()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, """{"id":7,"subject":"s","version":1,"schema":"\"int\""}""");
        var cache = Cache(stub);

        for (var i = 0; i < 3; i++)
        {
            (await cache.RegisterAsync("s", "\"int\"")).ShouldBe(7);
            (await cache.LookUpAsync("s", "\"int\""))!.Id.ShouldBe(7);
        }

        stub.Requests.Count.ShouldBe(2);
    }

    private static SchemaRegistryCache Cache(HttpMessageHandler handler, int entriesMax = 1000) =>
        new(new SchemaRegistryClient(new HttpClient(handler), SchemaRegistryOptions.Of("http://a")), entriesMax);
}
