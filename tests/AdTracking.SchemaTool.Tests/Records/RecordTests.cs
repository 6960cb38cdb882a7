using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Records;
using AdTracking.Avro.Wire;
using AdTracking.Events.Layout;

namespace AdTracking.SchemaTool.Tests;

/// <summary>The generated classes for people: what they encode they decode, others' readers agree, nothing is allocated.</summary>
public sealed class RecordTests
{
    private readonly byte[] _room = new byte[64 * 1024];

    [Fact]
    public void Decode_WhatWasEncoded_IsEqual()
    {
        RoundTrip(Samples.SmallImpression);
        RoundTrip(Samples.Filled(Samples.SmallImpression));
        RoundTrip(Samples.SmallClick);
        RoundTrip(Samples.Filled(Samples.SmallClick));
        RoundTrip(Samples.SmallEngagement);
        RoundTrip(Samples.Filled(Samples.SmallEngagement));
        RoundTrip(Samples.SmallBadEvent);
        RoundTrip(Samples.Filled(Samples.SmallBadEvent));
        RoundTrip(Samples.SmallLedgerEntry);
        RoundTrip(Samples.Filled(Samples.SmallLedgerEntry));
    }

    [Fact]
    public void Encode_FilledImpression_IsReadByTheGenericReaderFieldByField()
    {
        var record = Samples.Filled(Samples.SmallImpression) with { Cid = "c\"1", PriceCpmMicros = 1_250_000, Viewability = Viewability.NotViewable };

        var schema = SchemaParser.Parse(AdImpression.SchemaJson).Required();
        GenericJson.TryFormat(schema, Encode(record), out var json).ShouldBe(AvroReadError.None);

        var root = JsonDocument.Parse(json).RootElement;
        root.EnumerateObject().Select(property => property.Name).ShouldBe(AdImpressionLayout.Layout.Fields.Select(field => field.Name));
        root.GetProperty("cid").GetString().ShouldBe("c\"1");
        root.GetProperty("price_cpm_micros").GetInt64().ShouldBe(1_250_000);
        root.GetProperty("viewability").GetString().ShouldBe("NOT_VIEWABLE");
        root.GetProperty("gpp_sid").EnumerateArray().Select(item => item.GetInt32()).ShouldBe([7, -8, 300]);
        root.GetProperty("ext").GetProperty("k1").GetString().ShouldBe("v1");
    }

    [Fact]
    public void Encode_OnlyDefaults_IsOneByteAField()
    {
        var bytes = Encode(new AdClick { AdServingId = "", PublisherId = "", EventName = "", SchemaRev = 0 });

        bytes.Length.ShouldBe(AdClickField.FieldCount);
        bytes[AdClickField.IdSource].ShouldBe((byte)((int)IdSource.Unknown << 1));
        bytes.Where((_, index) => AdClickLayout.Layout.Fields[index].Kind != FieldKind.Enum).ShouldAllBe(value => value == 0);
    }

    [Theory]
    [InlineData("AdImpression")]
    [InlineData("AdClick")]
    [InlineData("AdEngagement")]
    [InlineData("BadEvent")]
    [InlineData("LedgerEntry")]
    public void Encode_FilledRecord_GivesTheGoldenBytes(string name)
    {
        var bytes = name switch
        {
            "AdImpression" => Encode(Samples.Filled(Samples.SmallImpression)),
            "AdClick" => Encode(Samples.Filled(Samples.SmallClick)),
            "AdEngagement" => Encode(Samples.Filled(Samples.SmallEngagement)),
            "BadEvent" => Encode(Samples.Filled(Samples.SmallBadEvent)),
            _ => Encode(Samples.Filled(Samples.SmallLedgerEntry)),
        };

        Golden.ShouldBe(name + ".avro", bytes);
    }

    [Fact]
    public void TryEncode_RoomTooSmallByAnyAmount_IsFalse()
    {
        var record = Samples.Filled(Samples.SmallClick);
        var length = Encode(record).Length;

        for (var room = 0; room < length; room++)
        {
            record.TryEncode(_room.AsSpan(0, room), out var written).ShouldBeFalse();
            written.ShouldBe(0);
        }

        record.TryEncode(_room.AsSpan(0, length), out _).ShouldBeTrue();
    }

    [Fact]
    public void TryDecode_EveryTruncationAndOneByteMore_IsFalse()
    {
        var bytes = Encode(Samples.Filled(Samples.SmallEngagement));

        for (var length = 0; length < bytes.Length; length++)
        {
            AdEngagement.TryDecode(bytes.AsSpan(0, length), out _).ShouldBeFalse($"at {length}");
        }

        AdEngagement.TryDecode([.. bytes, 0], out _).ShouldBeFalse();
        AdEngagement.TryDecode(bytes, out _).ShouldBeTrue();
    }

    [Fact]
    public void Encode_Warm_AllocatesNothing()
    {
        var impression = Samples.Filled(Samples.SmallImpression);
        var bad = Samples.Filled(Samples.SmallBadEvent);
        var ledger = Samples.Filled(Samples.SmallLedgerEntry);
        for (var i = 0; i < 50; i++)
        {
            EncodeAll(impression, bad, ledger);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            EncodeAll(impression, bad, ledger);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void ToString_SmallImpression_TellsWhatIsSetAndHidesPeople()
    {
        var record = Samples.SmallImpression with
        {
            Cid = "c1",
            Test = true,
            PriceCpmMicros = 1_250_000,
            EventTs = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
            UserId = "somebody",
            IdSource = IdSource.Client,
            GppSid = [7, 8],
            Ext = [new("a", "b")],
        };

        record.ToString().ShouldBe(
            "AdImpression { event_name = impression, ad_serving_id = asid-1, publisher_id = pub-1, schema_rev = 1, "
            + "event_ts = 2026-01-02T03:04:05.678+00:00, id_source = Client, test = True, price_cpm_micros = 1250000, cid = c1, "
            + "user_id = ***, gpp_sid = [7, 8], ext = {a: b} }");
    }

    [Fact]
    public void Equals_CollectionsWithTheSameContent_IsTrue()
    {
        var left = Samples.SmallImpression with { GppSid = [1], Ext = [new("a", "1"), new("b", "2")] };
        var right = Samples.SmallImpression with { GppSid = [1], Ext = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };

        right.ShouldBe(left);
        right.GetHashCode().ShouldBe(left.GetHashCode());
        (right with { Ext = [] }).ShouldNotBe(left);
    }

    private void EncodeAll(AdImpression impression, BadEvent bad, LedgerEntry ledger)
    {
        if (!impression.TryEncode(_room, out _) || !bad.TryEncode(_room, out _) || !ledger.TryEncode(_room, out _))
        {
            throw new InvalidOperationException("no room");
        }
    }

    private byte[] Encode<T>(T record)
        where T : IAvroRecord<T>
    {
        AvroRecord.TryEncode(record, _room, out var written).ShouldBeTrue();
        return _room.AsSpan(0, written).ToArray();
    }

    private void RoundTrip<T>(T record)
        where T : class, IAvroRecord<T>
    {
        AvroRecord.TryDecode<T>(Encode(record), out var decoded, out var error).ShouldBeTrue(error.ToString());
        decoded.ShouldBe(record);
        SchemaParser.Parse(T.SchemaJson).Problems.ShouldBeEmpty();
    }
}
