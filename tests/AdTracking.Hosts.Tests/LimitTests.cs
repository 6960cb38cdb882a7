using System.Net;

namespace AdTracking.Hosts.Tests;

/// <summary>Limits of connections and of time; the others are met by the gateway's own tests.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Connections_PastTheLimit_AreClosed()
    {
        await using var gateway = await RunningGateway.StartAsync("Limits:ConnectionsMax=2");
        using var first = await RawConnection.OpenAsync(gateway.Http.BaseAddress!);
        using var second = await RawConnection.OpenAsync(gateway.Http.BaseAddress!);
        await first.SendAsync("GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n");
        await second.SendAsync("GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n");
        (await first.ReadStatusAsync()).ShouldBe(200);
        (await second.ReadStatusAsync()).ShouldBe(200);

        using var third = await RawConnection.OpenAsync(gateway.Http.BaseAddress!);
        await third.SendAsync("GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n");

        (await third.ReadStatusAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task HeaderTime_Exceeded_Is408()
    {
        await using var gateway = await RunningGateway.StartAsync("Limits:HeaderReadMs=300");
        using var connection = await RawConnection.OpenAsync(gateway.Http.BaseAddress!);

        await connection.SendAsync("GET /robots.txt HTTP/1.1\r\nHos");

        (await connection.ReadStatusAsync()).ShouldBe((int)HttpStatusCode.RequestTimeout);
    }

    [Fact]
    public async Task BodyRate_TooSlow_Is408WithTheCode()
    {
        await using var gateway = await RunningGateway.StartAsync("Limits:BodyRateGraceMs=1001");
        using var connection = await RawConnection.OpenAsync(gateway.Http.BaseAddress!);

        await connection.SendAsync("POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");

        (await connection.ReadStatusAsync()).ShouldBe((int)HttpStatusCode.RequestTimeout);
    }
}
