using System.Globalization;
using System.Text;
using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Tests.Decoding;

/// <summary>The fast decoder and encoder against the slow and plain ones.</summary>
public sealed class OracleTests
{
    private static readonly DecodeOptions Keep = new() { Layouts = EventSchemas.Layouts };
    private static readonly DecodeOptions Reject = new() { Layouts = EventSchemas.Layouts, UnknownFields = UnknownFieldPolicy.Reject };
    private static readonly byte[] Scratch = new byte[EventView.ScratchBytes];
    private static readonly AvroSchema[] Schemas =
        [.. Enum.GetValues<EventKind>().Select(kind => SchemaParser.Parse(Encoding.UTF8.GetBytes(EventSchemas.Layouts.Of(kind).SchemaJson), null).Schema!)];

    private static int AcceptedCount;
    private static int RefusedCount;

    [Fact]
    public void DecodeJson_GeneratedAndMutatedEvents_AgreesWithTheOracle()
    {
        EventFuzz.ForSeeds(1500, random =>
        {
            var text = new EventTexts(random).Next(EventSchemas.Layouts);
            Agrees(text, Keep);
            Agrees(text, Reject);
            for (var i = 0; i < 4; i++)
            {
                Agrees(EventFuzz.Mutate(text, random), Keep);
            }
        });

        // Both outcomes must be common, or the comparison says little.
        AcceptedCount.ShouldBeGreaterThan(1000);
        RefusedCount.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void DecodeJson_EveryTruncation_AgreesWithTheOracle() => EventFuzz.ForSeeds(30, random =>
    {
        var text = new EventTexts(random).Next(EventSchemas.Layouts);
        for (var length = 0; length < text.Length; length++)
        {
            Agrees(text[..length], Keep);
        }
    });

    [Fact]
    public void DecodeJson_EveryPositionInALargerBody_AgreesWithTheOracle() => EventFuzz.ForSeeds(300, random =>
    {
        // With and without room behind it the event takes different lanes.
        var text = new EventTexts(random).Next(EventSchemas.Layouts);
        var before = random.Next(40);
        byte[] body = [.. Enumerable.Repeat((byte)' ', before), .. text, .. Enumerable.Repeat((byte)' ', random.Next(200))];
        Agrees(body, Keep);
    });

    private static void Agrees(byte[] text, DecodeOptions options)
    {
        var view = new EventView(text, Scratch);
        var scanner = new JsonScanner(text, options.JsonDepthMax);
        var isJson = EventDecoder.DecodeJson(ref scanner, ref view, options, out var fault) && scanner.TryReadEnd();
        var shown = Encoding.UTF8.GetString(text);
        JsonElement element;
        try
        {
            element = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = options.JsonDepthMax }).RootElement;
        }
        catch (JsonException)
        {
            isJson.ShouldBeFalse(shown);
            return;
        }

        isJson.ShouldBeTrue(shown);
        var expected = OracleDecoder.Decode(element, text.Length, options);
        var field = Shown(fault, ref view);
        var compared = fault.Code != FaultCode.BadUtf8 && expected.Field is not null;
        (fault.Code, field).ShouldBe((expected.Code, compared ? expected.Field : field), shown);
        if (fault.IsFault)
        {
            Interlocked.Increment(ref RefusedCount);
            return;
        }

        Interlocked.Increment(ref AcceptedCount);
        view.Layout.ShouldBe(expected.Layout, shown);
        (view.UnresolvedCount, view.UnresolvedBillingCount, view.RoundedCount)
            .ShouldBe((expected.Unresolved, expected.UnresolvedBilling, expected.Rounded), shown);
        SameValues(ref view, expected, shown);
    }

    private static void SameValues(ref EventView view, OracleOutcome expected, string shown)
    {
        var room = new byte[view.EncodedLengthMax];
        view.TryEncode(room, out var written).ShouldBeTrue();
        var schema = Schemas[(int)view.Layout!.Kind];
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            GenericJson.TryWrite(schema, room.AsSpan(0, written), writer, out var problem).ShouldBeTrue($"{problem} {shown}");
        }

        var record = JsonDocument.Parse(stream.ToArray()).RootElement;
        foreach (var rule in view.Layout.Fields)
        {
            AsText(rule, record.GetProperty(rule.Name)).ShouldBe(Wanted(rule, expected), $"{rule.Name} of {shown}");
        }
    }

    /// <summary>The value that Avro readers see, as the oracle writes it.</summary>
    private static string? AsText(FieldRule rule, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(item => item.GetRawText())),
        JsonValueKind.Object => string.Join(
            '|', value.EnumerateObject().OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{entry.Name}={entry.Value.GetString()}")),
        JsonValueKind.String when rule.Kind == FieldKind.Enum => rule.Symbols.IndexOf(value.GetString()!).ToString(CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static string? Wanted(FieldRule rule, OracleOutcome expected)
    {
        if (rule.Kind == FieldKind.StringMap)
        {
            return string.Join('|', expected.Ext.Select(entry => $"{entry.Key}={entry.Value}"));
        }

        if (expected.Values.TryGetValue(rule.Name, out var value))
        {
            return value;
        }

        if (rule.Nullable)
        {
            return null;
        }

        return rule.Kind switch
        {
            FieldKind.Enum => rule.SymbolDefault.ToString(CultureInfo.InvariantCulture),
            FieldKind.String or FieldKind.IntArray => "",
            _ => "0",
        };
    }

    private static string? Shown(EventFault fault, ref EventView view) => fault.IsFault ? fault.FieldName(ref view) : null;
}
