using System.Net.Sockets;
using System.Text;

namespace AdTracking.Gateway.Testing;

/// <summary>HTTP as bytes, for what HttpClient would not send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The status of the next answer, which must have a Content-Length or no body; null when the connection closes instead.</summary>
    public async Task<int?> ReadStatusAsync()
    {
        var text = await ReadAnswerAsync();
        return text.Length == 0 ? null : int.Parse(text.Split(' ')[1]);
    }

    /// <summary>What comes up to the end of the connection, or of the headers.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        var stream = _client.GetStream();
        var answer = new StringBuilder();
        var one = new byte[1];
        try
        {
            while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
            {
                answer.Append((char)one[0]);
            }
        }
        catch (IOException)
        {
            // Reset: what came before counts.
        }

        return answer.ToString();
    }

    public void Dispose() => _client.Dispose();
}
