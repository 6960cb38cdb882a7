using System.Globalization;
using System.Text;

namespace AdTracking.Faults.Testing;

/// <summary>An HTTP/1.1 message as it goes over a wire, body by <c>Content-Length</c>.</summary>
internal sealed record HttpText(string Head, byte[] Body)
{
    /// <summary>The first line.</summary>
    public string FirstLine => Head[..Head.IndexOf('\r')];

    /// <summary>Reads one from a buffered stream; null at the end of the stream.</summary>
    public static HttpText? Read(Stream stream)
    {
        var head = new StringBuilder();
        while (!EndsHead(head))
        {
            var one = stream.ReadByte();
            if (one < 0)
            {
                return null;
            }

            head.Append((char)one);
        }

        var text = head.ToString();
        var at = text.IndexOf("\r\nContent-Length: ", StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(text[(at + 18)..text.IndexOf('\r', at + 2)], CultureInfo.InvariantCulture);
        var body = new byte[length];
        stream.ReadExactly(body);
        return new HttpText(text, body);
    }

    /// <summary>The same with another body.</summary>
    public HttpText With(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new HttpText(Head.Replace($"Content-Length: {Body.Length}\r\n", $"Content-Length: {bytes.Length}\r\n", StringComparison.Ordinal), bytes);
    }

    public byte[] ToBytes() => [.. Encoding.ASCII.GetBytes(Head), .. Body];

    private static bool EndsHead(StringBuilder head) =>
        head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';
}
