using System.Text;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;

namespace AdTracking.Events.Tests.Decoding;

public sealed class BeaconBatchReaderTests
{
    private const string Good = """{"event_name":"impression","ad_serving_id":"a","publisher_id":"p"}""";
    private const string Bad = """{"event_name":"impression","w":"wide","h":[{"x":1}],"s":"]}"}""";

    [Theory]
    [InlineData(Good, "ok")]
    [InlineData(" \n" + Good + "\r\n", "ok")]
    [InlineData("[" + Good + "]", "ok")]
    [InlineData("[" + Good + " ,\n" + Good + "]", "ok ok")]
    [InlineData("{\"events\":[" + Good + "," + Bad + "," + Good + "]}", "ok wrong_type:w ok")]
    [InlineData("{ \"events\" : [ ] }", "")]
    [InlineData("[]", "")]
    [InlineData("[1,null,\"x\",[],{}," + Good + "]", "wrong_type wrong_type wrong_type wrong_type missing_field:event_name ok")]
    [InlineData("{\"events\":1}", "missing_field:event_name")] // an event like any other, without its name
    public void MoveNext_Body_GivesItsEvents(string body, string outcomes) => Read(body, out var refusal).ShouldBe(outcomes, refusal.ToString());

    [Theory]
    [InlineData("", FaultCode.EmptyBody)]
    [InlineData("  \n", FaultCode.EmptyBody)]
    [InlineData("x", FaultCode.MalformedJson)]
    [InlineData("\"x\"", FaultCode.UnexpectedBody)]
    [InlineData("12", FaultCode.UnexpectedBody)]
    [InlineData("12 x", FaultCode.MalformedJson)]
    [InlineData(Good + Good, FaultCode.MalformedJson)]
    [InlineData(Good + ",", FaultCode.MalformedJson)]
    [InlineData("[" + Good, FaultCode.MalformedJson)]
    [InlineData("[" + Good + ",]", FaultCode.MalformedJson)]
    [InlineData("[" + Good + "}", FaultCode.MalformedJson)]
    [InlineData("[" + Good + " " + Good + "]", FaultCode.MalformedJson)]
    [InlineData("[" + Good + "] x", FaultCode.MalformedJson)]
    [InlineData("{\"events\":[" + Good + "]", FaultCode.MalformedJson)]
    [InlineData("{\"events\":[" + Good + "]]", FaultCode.MalformedJson)]
    [InlineData("{\"events\":[" + Good + "],\"more\":1}", FaultCode.UnexpectedBody)]
    [InlineData("[" + Bad + ",{\"a\":tru}]", FaultCode.MalformedJson)]
    [InlineData("[{\"a\":[[[[[[[1]]]]]]]}]", FaultCode.TooDeep)]
    [InlineData("\uFEFF" + Good, FaultCode.MalformedJson)]
    public void MoveNext_BodyThatIsNone_IsRefusedWhole(string body, FaultCode code)
    {
        Read(body, out var refusal);

        refusal.ShouldBe(code);
    }

    [Fact]
    public void MoveNext_EveryTruncationOfABatch_IsRefused()
    {
        var body = "{\"events\":[" + Good + "," + Bad + "]}";

        for (var length = 0; length < body.Length; length++)
        {
            Read(body[..length], out var refusal);
            refusal.ShouldBe(string.IsNullOrWhiteSpace(body[..length]) ? FaultCode.EmptyBody : FaultCode.MalformedJson);
        }
    }

    [Fact]
    public void MoveNext_Lines_AreJudgedOneByOne()
    {
        Read(Good + "\n\n" + Bad + "\r\n{\"broken\n" + Good + Good + "\n[[[[[[[[[]]]]]]]]]\n  \n" + Good, out var refusal, lines: true)
            .ShouldBe("ok wrong_type:w malformed_json malformed_json too_deep ok");

        refusal.ShouldBe(FaultCode.None);
    }

    [Fact]
    public void MoveNext_NoLine_IsEmpty()
    {
        Read("\n \r\n", out var refusal, lines: true);

        refusal.ShouldBe(FaultCode.EmptyBody);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MoveNext_EventLimit_HoldsOnTheLimitAndOnePastIt(bool lines)
    {
        string Body(int count) => lines
            ? string.Concat(Enumerable.Repeat(Good + "\n", count))
            : "[" + string.Join(',', Enumerable.Repeat(Good, count)) + "]";

        Read(Body(1000), out var refusal, lines).Split(' ').Length.ShouldBe(1000);
        refusal.ShouldBe(FaultCode.None);
        Read(Body(1001), out refusal, lines);
        refusal.ShouldBe(FaultCode.TooManyEvents);
    }

    [Fact]
    public void EventStart_EveryEvent_IsWhereItStands()
    {
        var body = Encoding.UTF8.GetBytes("{\"events\": [ " + Good + " , " + Bad + " ]}");
        var view = new EventView(body, new byte[EventView.ScratchBytes]);
        var reader = new BeaconBatchReader(body, lines: false, DecodedEvent.Options);
        var seen = new List<string>();

        while (reader.MoveNext(ref view, out _))
        {
            seen.Add(Encoding.UTF8.GetString(body, reader.EventStart, reader.EventLength));
        }

        seen.ShouldBe([Good, Bad]);
    }

    [Fact]
    public void MoveNext_MutatedBodies_NeverThrowsAndNeverLosesCount() => EventFuzz.ForSeeds(2000, random =>
    {
        var body = EventFuzz.Mutate(Encoding.UTF8.GetBytes("{\"events\":[" + Good + "," + Bad + "," + Good + "]}"), random);
        Read(Encoding.Latin1.GetString(body), out _, lines: random.Next(2) == 0);
    });

    private static string Read(string text, out FaultCode refusal, bool lines = false)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var view = new EventView(body, new byte[EventView.ScratchBytes]);
        var reader = new BeaconBatchReader(body, lines, DecodedEvent.Options);
        var outcomes = new List<string>();
        while (reader.MoveNext(ref view, out var fault))
        {
            var field = fault.FieldName(ref view);
            outcomes.Add(fault.IsFault ? FaultCodes.Tag(fault.Code) + (field is null ? "" : ":" + field) : "ok");
            reader.Count.ShouldBe(outcomes.Count);
        }

        refusal = reader.Refusal;
        reader.MoveNext(ref view, out _).ShouldBeFalse();
        return string.Join(' ', outcomes);
    }
}
