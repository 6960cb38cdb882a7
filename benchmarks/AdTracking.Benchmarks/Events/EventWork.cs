using System.Runtime.CompilerServices;
using System.Text.Json;
using AdTracking.Events;
using AdTracking.Events.Decoding;
using AdTracking.Events.Finishing;

namespace AdTracking.Benchmarks.Events;

/// <summary>The work that is compared.</summary>
[SkipLocalsInit]
internal static class EventWork
{
    private static readonly DecodeOptions Options = new() { Layouts = EventSchemas.Layouts };
    private static readonly byte[] Scratch = new byte[EventView.ScratchBytes];
    private static readonly byte[] Room = new byte[64 * 1024];

    /// <summary>Merely finds the tokens: the least that any reader of JSON does.</summary>
    public static int Tokenise(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    /// <summary>Everything between the body's bytes and the record's bytes.</summary>
    public static int DecodeValidateEncode(byte[] body)
    {
        var view = new EventView(body, Scratch);
        var reader = new BeaconBatchReader(body, lines: false, Options);
        var length = 0;
        while (reader.MoveNext(ref view, out var fault))
        {
            if (fault.IsFault || !EventFinisher.Finish(ref view, Edge(), out _) || !view.TryEncode(Room, out length))
            {
                throw new InvalidOperationException("The event is not accepted.");
            }
        }

        return length;
    }

    /// <summary>The same from a pixel's query.</summary>
    public static int DecodeValidateEncodeQuery(string query)
    {
        var view = new EventView(default, Scratch);
        if (!EventDecoder.DecodeQuery(query, ref view, Options, "impression"u8, out _)
            || !EventFinisher.Finish(ref view, Edge(), out _) || !view.TryEncode(Room, out var length))
        {
            throw new InvalidOperationException("The event is not accepted.");
        }

        return length;
    }

    private static EdgeContext Edge() => new()
    {
        ReceivedTsMs = 1_735_689_600_123,
        EdgeId = "edge-1"u8,
        TrackingMethod = 503,
        Ip = "203.0.113.0"u8,
        UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36"u8,
    };
}
