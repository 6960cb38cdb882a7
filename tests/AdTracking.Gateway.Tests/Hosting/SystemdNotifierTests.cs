using System.Net.Sockets;
using System.Text;
using AdTracking.Gateway.Hosting;
using AdTracking.Testing;

namespace AdTracking.Gateway.Tests.Hosting;

public sealed class SystemdNotifierTests
{
    [Fact]
    public void Notify_Socket_GetsTheState()
    {
        using var directory = new TemporaryDirectory("notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(directory.PathOf("socket")));

        SystemdNotifier.Notify(directory.PathOf("socket"), SystemdNotifier.Ready).ShouldBeTrue();

        var buffer = new byte[64];
        Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)).ShouldBe("READY=1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nonexistent/socket")]
    public void Notify_NobodyThere_IsNoFault(string? path) => SystemdNotifier.Notify(path, SystemdNotifier.Ready).ShouldBeFalse();
}
