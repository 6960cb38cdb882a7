using AdTracking.Avro.Records;
using AdTracking.Events;

namespace AdTracking.Oracles.Tests;

/// <summary>Every event class: the same bytes both ways, the same canonical form and fingerprint as Apache's implementation.</summary>
public sealed class EventClassTests(ITestOutputHelper output)
{
    private const int Values = 200;

    [Fact]
    public void Impression_RandomValues_SameBytesBothWays() => SameBytes<AdImpression>();

    [Fact]
    public void Engagement_RandomValues_SameBytesBothWays() => SameBytes<AdEngagement>();

    [Fact]
    public void Click_RandomValues_SameBytesBothWays() => SameBytes<AdClick>();

    [Fact]
    public void BadEvent_RandomValues_SameBytesBothWays() => SameBytes<BadEvent>();

    [Fact]
    public void LedgerEntry_RandomValues_SameBytesBothWays() => SameBytes<LedgerEntry>();

    private void SameBytes<T>()
        where T : class, IAvroRecord<T>
    {
        var random = Seeds.Random(output);
        var schema = AvroRecord.SchemaOf<T>();
        var theirs = ApacheAvro.Parse(T.SchemaJson);
        RandomDatum values = new(random);
        for (var i = 0; i < Values; i++)
        {
            var value = values.Of(schema);
            AvroRecord.TryDecode<T>(SlowAvro.Encode(schema, value, random), out var record, out var error).ShouldBeTrue(error.ToString());
            var ours = Encoded(record);

            var read = ApacheAvro.Read(theirs, ours);
            var written = ApacheAvro.Write(theirs, read);

            ApacheAvro.Show(read, theirs).ShouldBe(OurText.Show(value));
            written.ShouldBe(ours);
            AvroRecord.TryDecode<T>(written, out var back, out _).ShouldBeTrue();
            Encoded(back).ShouldBe(ours);
        }
    }

    private static byte[] Encoded<T>(T record)
        where T : class, IAvroRecord<T>
    {
        var room = new byte[1 << 16];
        AvroRecord.TryEncode(record, room, out var written).ShouldBeTrue();
        return room[..written];
    }
}
