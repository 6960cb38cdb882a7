using System.Text;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Tests.Decoding;

/// <summary>Sizes that somebody sends on purpose (CWE-400, CWE-674, CWE-407): refused with a code.</summary>
public sealed class HostileTests
{
    private const string Start = """{"event_name":"impression","ad_serving_id":"a","publisher_id":"p",""";

    [Fact]
    public void DecodeJson_AMillionBrackets_IsTooDeepNotAStackOverflow()
    {
        var scanner = new JsonScanner(Enumerable.Repeat((byte)'[', 1_000_000).ToArray(), 8);

        scanner.TrySkipValue().ShouldBeFalse();

        scanner.Error.ShouldBe(JsonScanError.TooDeep);
    }

    [Theory]
    [InlineData("\"cid\":\"{0}\"", FaultCode.TooLong)]
    [InlineData("\"{0}\":1", FaultCode.TooLong)]
    [InlineData("\"w\":1{1}", FaultCode.OutOfRange)]
    [InlineData("\"price_cpm\":0.{1}", FaultCode.EventTooLarge)] // zero, but too many bytes
    [InlineData("\"price_cpm\":1e{1}", FaultCode.EventTooLarge)]
    [InlineData("\"zz\":\"\\u0061{0}\"", FaultCode.EventTooLarge)]
    public void DecodeJson_AHundredThousandBytesInOnePlace_IsRefused(string member, FaultCode code)
    {
        var json = Start + member.Replace("{0}", new string('x', 100_000)).Replace("{1}", new string('0', 100_000)) + "}";

        DecodedEvent.Json(json).Code.ShouldBe(code);
    }

    /// <summary>A body is a part of a pooled buffer: what a request before it left behind is no part of it (CWE-125).</summary>
    [Theory]
    [InlineData("\"}", ",\"w\":1}")]
    [InlineData("\"", ",\"w\":1}")]
    [InlineData("\"", ", \"w\":1}")]
    [InlineData("\",", " \"w\":1}")]
    public void DecodeJson_BytesBehindTheText_AreNotRead(string end, string behind)
    {
        // Every length, since text is read a vector at a time.
        for (var length = 96; length < 160; length++)
        {
            var text = Encoding.UTF8.GetBytes(Start + "\"page_url\":\"https://e.com/" + new string('x', length) + end);
            byte[] buffer = [.. text, .. Encoding.UTF8.GetBytes(behind), .. new byte[64]];
            var view = new EventView(buffer.AsSpan(0, text.Length), new byte[EventView.ScratchBytes]);
            var scanner = new JsonScanner(buffer.AsSpan(0, text.Length), EventLimits.JsonDepthMax);

            EventDecoder.DecodeJson(ref scanner, ref view, DecodedEvent.Options, out _).ShouldBe(end.EndsWith('}'));

            scanner.Position.ShouldBe(text.Length);
        }
    }

    [Fact]
    public void DecodeJson_TenThousandMembers_AreRefusedBeforeTheyAreKept()
    {
        var json = Start + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"k{i}\":\"v\"")) + "}";

        DecodedEvent.Json(json).Code.ShouldBe(FaultCode.TooManyExtEntries);
    }

    [Fact]
    public void DecodeQuery_TenThousandParameters_AreRefused()
    {
        var query = "asid=a&pub=p&" + string.Join('&', Enumerable.Range(0, 3000).Select(i => $"k{i}=v"));

        DecodedEvent.Query(query).Code.ShouldBe(FaultCode.TooManyExtEntries);
    }
}
