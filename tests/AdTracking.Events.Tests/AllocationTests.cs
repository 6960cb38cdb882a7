using System.Runtime.CompilerServices;
using System.Text;
using AdTracking.Events.Decoding;
using AdTracking.Events.Finishing;
using AdTracking.Events.Tests.Decoding;

namespace AdTracking.Events.Tests;

/// <summary>Decoding, validating, finishing and encoding allocate nothing once they are warm.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 200;
    private static readonly byte[] Scratch = new byte[EventView.ScratchBytes];
    private static readonly byte[] Room = new byte[64 * 1024];

    [Theory]
    [InlineData("""{"event_name":"impression","event_id":"e-1","ad_serving_id":"a-1","publisher_id":"p-1","price_cpm":1.25,"event_ts":1735689600123}""")]
    [InlineData("""{"event_name":"impression","ad_serving_id":"a-1","publisher_id":"p-1"}""")] // derived id
    [InlineData("""{"event_name":"click","ad_serving_id":"[ADSERVINGID]","publisher_id":"p-1","unknown":true,"ext":{"a":"b"}}""")] // generated id
    [InlineData("""{ "event_name":"midPoint", "ad_serving_id":"a\u002d1", "publisher_id":"p", "event_ts": "2016-01-17T8:15:07.127-05", "gpp_sid":[ 2, 6 ] }""")]
    [InlineData("""{"event_name":"impression","ad_serving_id":"a-1","publisher_id":"p-1","w":"wide"}""")] // a fault
    [InlineData("""{"w":1,"ad_serving_id":"a-1","publisher_id":"p-1","event_name":"impression","price_cpm":1.23456789}""")]
    public void Json_OneEvent_AllocatesNothing(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);

        Allocated(() => One(body)).ShouldBe(0);
    }

    [Fact]
    public void Json_BatchOfAHundred_AllocatesNothing()
    {
        const string Event = """{"event_name":"impression","event_id":"e-1","ad_serving_id":"a-1","publisher_id":"p-1","price_cpm":1.25}""";
        var body = Encoding.UTF8.GetBytes("{\"events\":[" + string.Join(',', Enumerable.Repeat(Event, 100)) + "]}");

        Allocated(() => One(body)).ShouldBe(0);
    }

    [Theory]
    [InlineData("?eid=e-1&asid=a-1&pub=p-1&p=1.25&cur=USD&w=300&ts=1735689600123&cb=12345")]
    [InlineData("?asid=%5BADSERVINGID%5D&pub=p-1&pu=https%3A%2F%2Fexample.com%2F&x.a=b&gpp_sid=2,6")]
    [InlineData("?asid=a-1&pub=p-1&w=%")]
    public void Query_OneEvent_AllocatesNothing(string query) => Allocated(() => OneQuery(query)).ShouldBe(0);

    [SkipLocalsInit]
    private static void One(byte[] body)
    {
        var view = new EventView(body, Scratch);
        var reader = new BeaconBatchReader(body, lines: false, DecodedEvent.Options);
        while (reader.MoveNext(ref view, out var fault))
        {
            if (!fault.IsFault && EventFinisher.Finish(ref view, DecodedEvent.Edge(), out _))
            {
                view.TryEncode(Room, out _);
            }
        }
    }

    [SkipLocalsInit]
    private static void OneQuery(string query)
    {
        var view = new EventView(default, Scratch);
        if (EventDecoder.DecodeQuery(query, ref view, DecodedEvent.Options, "impression"u8, out _)
            && EventFinisher.Finish(ref view, DecodedEvent.Edge(), out _))
        {
            view.TryEncode(Room, out _);
        }
    }

    private static long Allocated(Action action)
    {
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
