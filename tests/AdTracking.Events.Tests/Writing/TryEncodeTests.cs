using AdTracking.Avro.Wire;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Finishing;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;
using AdTracking.Events.Tests.Decoding;

namespace AdTracking.Events.Tests.Writing;

public sealed class TryEncodeTests
{
    private const string Json = """{"event_name":"impression","ad_serving_id":"a-1","publisher_id":"p-1","w":300,"ext":{"k":"v"},"gpp_sid":[2,6]}""";

    [Fact]
    public void TryEncode_RoomBelowTheBound_WritesNothing()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Json);
        var view = new EventView(bytes, new byte[EventView.ScratchBytes]);
        var scanner = new JsonScanner(bytes, 8);
        EventDecoder.DecodeJson(ref scanner, ref view, DecodedEvent.Options, out _).ShouldBeTrue();
        EventFinisher.Finish(ref view, DecodedEvent.Edge(), out _).ShouldBeTrue();
        var room = new byte[view.EncodedLengthMax];

        for (var size = 0; size < room.Length; size++)
        {
            view.TryEncode(room.AsSpan(0, size), out var nothing).ShouldBeFalse();
            nothing.ShouldBe(0);
            room.ShouldAllBe(value => value == 0);
        }

        view.TryEncode(room, out var written).ShouldBeTrue();
        written.ShouldBeLessThanOrEqualTo(room.Length - 32);
    }

    [Fact]
    public void TryEncode_ClassForPeople_ReadsTheSame()
    {
        var decoded = DecodedEvent.Json(Json, finish: true);
        var reader = new AvroReader(decoded.Avro);

        var impression = AdImpression.Decode(ref reader);

        reader.Failed.ShouldBeFalse();
        reader.Position.ShouldBe(decoded.Avro.Length);
        (impression!.AdServingId, impression.PublisherId, impression.W, impression.Billable).ShouldBe(("a-1", "p-1", 300, true));
        impression.Ext.ShouldBe(new Dictionary<string, string> { ["k"] = "v" });
        impression.GppSid.ShouldBe([2, 6]);
    }

    [Fact]
    public void TryEncode_ArrayOfMoreThan63Items_HasATwoByteCount()
    {
        var rule = new FieldRule(name: "numbers", kind: FieldKind.IntArray, itemsMax: 500);
        var check = new FieldCheck(rule);
        foreach (var count in new[] { 0, 1, 63, 64, 65, 500 })
        {
            var view = new EventView(default, new byte[4096]);
            var builder = new IntArrayBuilder(ref view);
            for (var i = 0; i < count; i++)
            {
                builder.Add(in check, System.Text.Encoding.ASCII.GetBytes($"{i * 1000}")).ShouldBe(FaultCode.None);
            }

            builder.Finish(ref view, 0).ShouldBe(FaultCode.None);

            var reader = new AvroReader(view.GetBytes(0));
            var items = new List<int>();
            for (var block = reader.ReadArrayBlock(1); block > 0; block = reader.ReadArrayBlock(1))
            {
                for (; block > 0; block--)
                {
                    items.Add(reader.ReadInt());
                }
            }

            reader.Failed.ShouldBeFalse();
            items.ShouldBe(Enumerable.Range(0, count).Select(i => i * 1000));
        }
    }

    [Fact]
    public void TryEncode_FullScratch_NeverWritesOutside() => EventFuzz.ForSeeds(500, random =>
    {
        // Whatever the scratch holds, a fault or an event comes out, and no byte behind the bound is touched.
        var text = new EventTexts(random).Next(EventSchemas.Layouts);
        var view = new EventView(text, new byte[random.Next(random.Next(2) == 0 ? 200 : 4000)]);
        var scanner = new JsonScanner(text, 8);
        if (!EventDecoder.DecodeJson(ref scanner, ref view, DecodedEvent.Options, out var fault) || fault.IsFault)
        {
            return;
        }

        if (!EventFinisher.Finish(ref view, DecodedEvent.Edge(), out fault))
        {
            return;
        }

        var room = new byte[view.EncodedLengthMax + 64];
        room.AsSpan(view.EncodedLengthMax).Fill(0xAB);
        view.TryEncode(room.AsSpan(0, view.EncodedLengthMax), out _).ShouldBeTrue();
        room.AsSpan(view.EncodedLengthMax).IndexOfAnyExcept((byte)0xAB).ShouldBe(-1);
    });
}
