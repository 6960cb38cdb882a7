using System.Text;
using System.Text.RegularExpressions;
using AdTracking.Load.Requests;
using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Tests;

public sealed class RequestBuilderTests
{
    [Fact]
    public void Patch_IdsInPathAndBody_AreAllDifferent()
    {
        var step = new Step("post", 1, "POST", "/x?a={id}", [new("Content-Type", "application/json")], "{\"i\":\"{id}\"}", 3);
        var request = RequestBuilder.Build(step, "host:1", keepAlive: false);
        var ids = new IdSource(0xABCDEF);

        request.Patch(ids);
        var first = Encoding.ASCII.GetString(request.Bytes);
        request.Patch(ids);

        first.ShouldBe(
            "POST /x?a=00000000-0001-4000-8000-000000abcdef HTTP/1.1\r\nHost: host:1\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: 136\r\n\r\n"
            + "[{\"i\":\"00000000-0002-4000-8000-000000abcdef\"},{\"i\":\"00000000-0003-4000-8000-000000abcdef\"},"
            + "{\"i\":\"00000000-0004-4000-8000-000000abcdef\"}]");
        Regex.Matches(first + Encoding.ASCII.GetString(request.Bytes), "[0-9a-f-]{36}").Select(match => match.Value).Distinct().Count().ShouldBe(8);
        ids.Count.ShouldBe(8);
    }

    [Fact]
    public void Patch_Warm_AllocatesNothing()
    {
        var request = RequestBuilder.Build(new Step("get", 1, "GET", "/{id}", [], "", 1), "h", keepAlive: true);
        var ids = new IdSource(1);
        request.Patch(ids);

        var before = GC.GetAllocatedBytesForCurrentThread();
        request.Patch(ids);

        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }
}
