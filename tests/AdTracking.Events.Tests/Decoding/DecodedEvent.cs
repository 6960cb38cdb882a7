using System.Text;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Finishing;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Tests.Decoding;

/// <summary>What became of one event, as strings.</summary>
internal sealed class DecodedEvent
{
    public static readonly DecodeOptions Options = new() { Layouts = EventSchemas.Layouts };

    public FaultCode Code { get; private init; }

    public string? Field { get; private init; }

    public EventLayout? Layout { get; private init; }

    public int Unresolved { get; private init; }

    public int UnresolvedBilling { get; private init; }

    public int Rounded { get; private init; }

    public byte[] Avro { get; private init; } = [];

    public string PartitionKey { get; private init; } = "";

    private Dictionary<string, string> Values { get; } = [];

    public Dictionary<string, string> Ext { get; } = [];

    /// <summary>A field's value, numbers in decimal; null when it is not set.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    public static DecodedEvent Json(string json, bool finish = false, DecodeOptions? options = null)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var view = new EventView(bytes, new byte[EventView.ScratchBytes]);
        var scanner = new JsonScanner(bytes, EventLimits.JsonDepthMax);
        var isJson = EventDecoder.DecodeJson(ref scanner, ref view, options ?? Options, out var fault) && scanner.TryReadEnd();
        if (!isJson)
        {
            fault = new EventFault(FaultCode.MalformedJson);
        }

        return Of(ref view, fault, finish);
    }

    public static DecodedEvent Query(string query, string? implied = "impression", bool finish = false, DecodeOptions? options = null)
    {
        var view = new EventView(default, new byte[EventView.ScratchBytes]);
        EventDecoder.DecodeQuery(query, ref view, options ?? Options, Encoding.UTF8.GetBytes(implied ?? ""), out var fault);
        return Of(ref view, fault, finish);
    }

    public static DecodedEvent Form(string form, string? implied = "impression")
    {
        var view = new EventView(Encoding.UTF8.GetBytes(form), new byte[EventView.ScratchBytes]);
        EventDecoder.DecodeForm(ref view, Options, Encoding.UTF8.GetBytes(implied ?? ""), out var fault);
        return Of(ref view, fault, finish: false);
    }

    public static EdgeContext Edge() => new()
    {
        ReceivedTsMs = 1_735_689_600_123,
        EdgeId = "edge-1"u8,
        TrackingMethod = 503,
        Ip = "203.0.113.0"u8,
        IpSource = (int)IpSource.Socket,
        UserAgent = "Mozilla/5.0"u8,
    };

    private static DecodedEvent Of(ref EventView view, EventFault fault, bool finish)
    {
        if (!fault.IsFault && finish)
        {
            EventFinisher.Finish(ref view, Edge(), out fault);
        }

        if (fault.IsFault)
        {
            return new DecodedEvent { Code = fault.Code, Field = fault.FieldName(ref view) };
        }

        var room = new byte[view.EncodedLengthMax];
        view.TryEncode(room, out var written).ShouldBeTrue();
        var result = new DecodedEvent
        {
            Layout = view.Layout,
            Unresolved = view.UnresolvedCount,
            UnresolvedBilling = view.UnresolvedBillingCount,
            Rounded = view.RoundedCount,
            Avro = room[..written],
            PartitionKey = Encoding.UTF8.GetString(view.PartitionKey),
        };
        for (var i = 0; i < view.Layout!.Fields.Length; i++)
        {
            var rule = view.Layout.Fields[i];
            if (!view.Has(i))
            {
                continue;
            }

            result.Values[rule.Name] = rule.Kind switch
            {
                FieldKind.String => view.GetString(i)!,
                FieldKind.IntArray => Convert.ToHexString(view.GetBytes(i)),
                _ => view.GetLong(i).ToString(),
            };
        }

        for (var i = 0; i < view.ExtEntryCount; i++)
        {
            result.Ext.Add(Encoding.UTF8.GetString(view.GetExt(i, out var value)), Encoding.UTF8.GetString(value));
        }

        return result;
    }
}
