using System.Net.Sockets;
using System.Text;

namespace AdTracking.Gateway.Hosting;

/// <summary>Tells systemd how far the process is (sd_notify): one datagram to the socket named in <c>NOTIFY_SOCKET</c>.</summary>
internal static class SystemdNotifier
{
    public const string Ready = "READY=1";
    public const string Stopping = "STOPPING=1";

    /// <returns>False when nobody listens; that is no fault.</returns>
    public static bool Notify(string? socketPath, string state)
    {
        if (string.IsNullOrEmpty(socketPath))
        {
            return false;
        }

        // A leading @ stands for the abstract namespace, whose names start with a zero byte.
        var path = socketPath[0] == '@' ? "\0" + socketPath[1..] : socketPath;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket.Send(Encoding.UTF8.GetBytes(state)) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
