using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdTracking.Oracle.Sending;

/// <summary>One connection, one request at a time. .NET's own client sends a GET again by itself when a connection breaks, and what it sent
/// twice may be stored twice: so this one is written by hand and sends everything once.</summary>
internal sealed class Connection : IDisposable
{
    private const int AnswerTimeoutMs = 45_000;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private Connection(Socket socket) => _socket = socket;

    public static Connection Open(Uri gateway)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Parse(gateway.Host), gateway.Port));
            socket.ReceiveTimeout = AnswerTimeoutMs;
            socket.SendTimeout = AnswerTimeoutMs;
            return new Connection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads its answer; an exception (socket, end of stream, malformed) means that there is none.</summary>
    public Answer Ask(ReadOnlySpan<byte> request)
    {
        while (request.Length > 0)
        {
            request = request[_socket.Send(request)..];
        }

        var statusLine = Line();
        if (!statusLine.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
        {
            throw new InvalidDataException(statusLine);
        }

        var status = int.Parse(statusLine.AsSpan(9, 3), CultureInfo.InvariantCulture);
        int? length = null;
        bool isChunked = false, closes = false;
        string? error = null;
        for (var line = Line(); line.Length > 0; line = Line())
        {
            var colon = line.IndexOf(':');
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim();
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(value, CultureInfo.InvariantCulture);
            }
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                isChunked = true;
            }
            else if (name.Equals("Connection", StringComparison.OrdinalIgnoreCase))
            {
                closes = value == "close";
            }
            else if (name.Equals("X-AdTracking-Error", StringComparison.OrdinalIgnoreCase))
            {
                error = value;
            }
        }

        var body = isChunked ? Chunks() : status is 204 or 304 ? [] : Bytes(length ?? 0);
        return new Answer(status, body, closes, error);
    }

    public void Dispose() => _socket.Dispose();

    private byte[] Chunks()
    {
        using var body = new MemoryStream();
        while (true)
        {
            var length = int.Parse(Line(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length > 0)
            {
                body.Write(Bytes(length));
            }

            Line();
            if (length == 0)
            {
                return body.ToArray();
            }
        }
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            if (_start == _end)
            {
                Fill();
            }

            var taken = Math.Min(count - filled, _end - _start);
            _buffer.AsSpan(_start, taken).CopyTo(bytes.AsSpan(filled));
            _start += taken;
            filled += taken;
        }

        return bytes;
    }

    private string Line()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end)
            {
                Fill();
            }

            var one = _buffer[_start++];
            if (one == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one);
        }
    }

    private void Fill()
    {
        _start = 0;
        _end = _socket.Receive(_buffer);
        if (_end == 0)
        {
            throw new EndOfStreamException();
        }
    }
}
