using System.Net.Sockets;

namespace AdTracking.Faults.Testing;

/// <summary>A connection from a <see cref="FaultyGateway"/> to the true one.</summary>
internal sealed class UpstreamConnection : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly BufferedStream _input;

    public UpstreamConnection(Uri address)
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Socket.Connect(address.Host, address.Port);
        _stream = new NetworkStream(Socket, ownsSocket: true);
        _input = new BufferedStream(_stream);
    }

    public Socket Socket { get; }

    public HttpText Ask(HttpText request)
    {
        _stream.Write(request.ToBytes());
        return HttpText.Read(_input) ?? throw new EndOfStreamException();
    }

    public void Dispose()
    {
        _input.Dispose();
        _stream.Dispose();
    }
}
