using System.Net;
using System.Net.Sockets;

namespace AdTracking.Testing;

/// <summary>Ports that nobody listens on.</summary>
public static class FreePorts
{
    // Below the range from which Linux takes ports for outgoing connections (32768 on), so that none is taken between the
    // look and the use by somebody's client socket.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>The first of <paramref name="count"/> consecutive free ports.</summary>
    public static int Take(int count = 1)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(First, Last - count);
            if (Enumerable.Range(port, count).All(IsFree))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No {count} free ports in a row between {First} and {Last}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
