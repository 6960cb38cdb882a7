using System.Text;
using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Requests;

/// <summary>Makes the bytes of a step's request. Every <c>{id}</c> in path and body becomes a place that is patched later.</summary>
internal static class RequestBuilder
{
    private const string Placeholder = "{id}";

    /// <summary>The request of a step to the given host, with zeros where its ids belong.</summary>
    public static PreparedRequest Build(Step step, string host, bool keepAlive)
    {
        var body = Repeated(step).Replace(Placeholder, Marker, StringComparison.Ordinal);
        var text = new StringBuilder();
        text.Append(step.Method).Append(' ').Append(step.Path.Replace(Placeholder, Marker, StringComparison.Ordinal)).Append(" HTTP/1.1\r\n");
        text.Append("Host: ").Append(host).Append("\r\n");
        foreach (var (name, value) in step.Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (!keepAlive)
        {
            text.Append("Connection: close\r\n");
        }

        if (body.Length > 0 || step.Method is "POST" or "PUT")
        {
            text.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
        return new PreparedRequest(bytes, Offsets(bytes), step.Repeat);
    }

    private static readonly string Marker = new('\u0001', IdSource.Length);

    private static string Repeated(Step step) =>
        step.Repeat == 1 ? step.Body : "[" + string.Join(',', Enumerable.Repeat(step.Body, step.Repeat)) + "]";

    private static int[] Offsets(byte[] bytes)
    {
        var marker = Encoding.ASCII.GetBytes(Marker);
        var offsets = new List<int>();
        for (int from = 0, found; (found = bytes.AsSpan(from).IndexOf(marker)) >= 0; from += found + marker.Length)
        {
            offsets.Add(from + found);
        }

        return [.. offsets];
    }
}
