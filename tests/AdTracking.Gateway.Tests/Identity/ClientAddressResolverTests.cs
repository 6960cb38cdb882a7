using System.Net;
using AdTracking.Gateway.Identity;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Tests.Identity;

public sealed class ClientAddressResolverTests
{
    private readonly ClientAddressResolver _resolver = new(new TrustedProxies(["10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48"]));

    [Theory]
    [InlineData("203.0.113.5", "198.51.100.1", "203.0.113.5", false)] // not a proxy: the header is the client's own words
    [InlineData("10.0.0.1", "198.51.100.1", "198.51.100.1", true)]
    [InlineData("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1", true)]
    [InlineData("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1", true)] // what stands left of the client is forged
    [InlineData("10.0.0.1", "198.51.100.1, 10.9.9.9 ,192.0.2.7", "198.51.100.1", true)]
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3", true)] // all proxies: the furthest
    [InlineData("10.0.0.1", "198.51.100.1:4711", "198.51.100.1", true)]
    [InlineData("10.0.0.1", "[2001:db8::9]:4711", "2001:db8::9", true)]
    [InlineData("2001:db8:1::5", "2001:db8::9", "2001:db8::9", true)]
    [InlineData("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1", true)]
    [InlineData("10.0.0.1", "198.51.100.1, unknown, 10.0.0.2", "10.0.0.2", true)] // an entry that is no address ends the walk
    [InlineData("10.0.0.1", "1, 0x7f.1", "10.0.0.1", false)]
    [InlineData("10.0.0.1", "fe80::1%eth0", "10.0.0.1", false)]
    [InlineData("10.0.0.1", "", "10.0.0.1", false)]
    [InlineData("10.0.0.1", ",,,", "10.0.0.1", false)]
    public void Resolve_Peer_FindsTheClient(string peer, string forwardedFor, string client, bool isForwarded) =>
        _resolver.Resolve(IPAddress.Parse(peer), forwardedFor).ShouldBe(new ClientAddress(IPAddress.Parse(client), isForwarded));

    [Fact]
    public void Resolve_HeaderTwice_IsReadFromTheLastLine() =>
        _resolver.Resolve(IPAddress.Parse("10.0.0.1"), new StringValues(["198.51.100.1", "10.0.0.2"]))
            .ShouldBe(new ClientAddress(IPAddress.Parse("198.51.100.1"), IsForwarded: true));

    [Fact]
    public void Resolve_NoProxiesConfigured_TakesTheSocket() =>
        new ClientAddressResolver(new TrustedProxies([])).Resolve(IPAddress.Loopback, "198.51.100.1")
            .ShouldBe(new ClientAddress(IPAddress.Loopback, IsForwarded: false));
}
