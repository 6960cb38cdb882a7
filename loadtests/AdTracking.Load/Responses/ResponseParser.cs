using System.Buffers.Text;
using System.Text;

namespace AdTracking.Load.Responses;

/// <summary>Finds the end of an HTTP/1.1 answer (RFC 9112): by Content-Length, by chunks, or at once for 204 and 304. An answer whose
/// end is that of the connection is reported as malformed, because a torn one could not be told from it.</summary>
internal static class ResponseParser
{
    private const int HeadBytesMax = 64 * 1024;

    /// <summary>Looks at the start of what was received.</summary>
    public static ParseState Parse(ReadOnlySpan<byte> received, out Response response)
    {
        response = default;
        var prefix = "HTTP/1.1 "u8;
        if (!received[..Math.Min(received.Length, prefix.Length)].SequenceEqual(prefix[..Math.Min(received.Length, prefix.Length)]))
        {
            return ParseState.Malformed;
        }

        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return received.Length > HeadBytesMax ? ParseState.Malformed : ParseState.Incomplete;
        }

        if (!Utf8Parser.TryParse(received.Slice(prefix.Length, 3), out int status, out var digits) || digits != 3 || status < 200)
        {
            return ParseState.Malformed;
        }

        var head = received[..(end + 2)];
        var keepsAlive = !Value(head, "connection"u8).SequenceEqual("close"u8);
        var state = BodyLength(head, received[(end + 4)..], status, out var body);
        response = state == ParseState.Complete ? new Response(status, end + 4 + body, keepsAlive) : default;
        return state;
    }

    private static ParseState BodyLength(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest, int status, out int length)
    {
        length = 0;
        if (status is 204 or 304)
        {
            return ParseState.Complete;
        }

        if (Value(head, "transfer-encoding"u8).SequenceEqual("chunked"u8))
        {
            return ChunkedLength(rest, out length);
        }

        var value = Value(head, "content-length"u8);
        if (!Utf8Parser.TryParse(value, out length, out var digits) || digits != value.Length || length < 0)
        {
            return ParseState.Malformed;
        }

        return rest.Length >= length ? ParseState.Complete : ParseState.Incomplete;
    }

    // chunked-body = *( size-in-hex [ ; extension ] CRLF data CRLF ) "0" CRLF *( trailer CRLF ) CRLF
    private static ParseState ChunkedLength(ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        while (true)
        {
            var line = rest[length..].IndexOf("\r\n"u8);
            if (line < 0)
            {
                return ParseState.Incomplete;
            }

            if (!Utf8Parser.TryParse(rest.Slice(length, line), out int size, out _, 'x') || size < 0)
            {
                return ParseState.Malformed;
            }

            length += line + 2;
            if (size == 0)
            {
                return TrailersLength(rest, ref length);
            }

            if (size > rest.Length - length - 2)
            {
                return ParseState.Incomplete;
            }

            if (!rest.Slice(length + size, 2).SequenceEqual("\r\n"u8))
            {
                return ParseState.Malformed;
            }

            length += size + 2;
        }
    }

    private static ParseState TrailersLength(ReadOnlySpan<byte> rest, ref int length)
    {
        while (true)
        {
            var line = rest[length..].IndexOf("\r\n"u8);
            if (line < 0)
            {
                return ParseState.Incomplete;
            }

            length += line + 2;
            if (line == 0)
            {
                return ParseState.Complete;
            }
        }
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        for (var at = head.IndexOf("\r\n"u8) + 2; at < head.Length;)
        {
            var line = head.Slice(at, head[at..].IndexOf("\r\n"u8));
            if (line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[(name.Length + 1)..].Trim(" \t"u8);
            }

            at += line.Length + 2;
        }

        return [];
    }
}
