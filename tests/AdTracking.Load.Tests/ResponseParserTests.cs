using System.Text;
using AdTracking.Load.Responses;

namespace AdTracking.Load.Tests;

public sealed class ResponseParserTests
{
    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", 204, true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, true)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:5 \r\nCONNECTION: close\r\n\r\nhello", 200, false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0A\r\n0123456789\r\n0\r\n\r\n", 200, true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\nh\r\n0\r\nTrailer: a\r\n\r\n", 200, true)]
    [InlineData("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n", 503, true)]
    public void Parse_EveryPrefix_IsIncompleteAndTheWholeComplete(string text, int status, bool keepsAlive)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
        {
            ResponseParser.Parse(bytes.AsSpan(0, length), out _).ShouldBe(ParseState.Incomplete, $"{length} bytes");
        }

        ResponseParser.Parse(bytes, out var response).ShouldBe(ParseState.Complete);
        response.ShouldBe(new Response(status, bytes.Length, keepsAlive));
        ResponseParser.Parse([.. bytes, .. "HTTP/1.1"u8], out var first).ShouldBe(ParseState.Complete);
        first.Length.ShouldBe(bytes.Length);
    }

    [Theory]
    [InlineData("HTTP/2")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nhxx0\r\n\r\n")]
    public void Parse_NoAnswerWithALength_IsMalformed(string text) =>
        ResponseParser.Parse(Encoding.ASCII.GetBytes(text), out _).ShouldBe(ParseState.Malformed);
}
