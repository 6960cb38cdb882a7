using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AdTracking.Events.Finishing;

/// <summary>Event ids for events without one. A derived id depends on the event's content, so that a repetition gets the same id in every
/// process and version: lower-case hex of the first 16 bytes of SHA-256 over <c>publisher_id</c>, <c>ad_serving_id</c>, <c>event_name</c>
/// (in its one spelling) and <c>seq</c> (decimal; empty if absent), joined by the byte 0x1F.</summary>
[SkipLocalsInit]
public static class EventIds
{
    /// <summary>Bytes of a derived id.</summary>
    public const int DerivedLength = 32;

    /// <summary>Bytes of a generated id, a UUID in its usual text form.</summary>
    public const int GeneratedLength = 36;

    private const byte Joint = 0x1F;
    private const int InputBytesMax = 2048;

    /// <summary>Writes a derived id.</summary>
    /// <param name="publisherId">UTF-8.</param>
    /// <param name="adServingId">UTF-8.</param>
    /// <param name="eventName">UTF-8, in its one spelling.</param>
    /// <param name="seq">Occurrence, if any.</param>
    /// <param name="destination">At least <see cref="DerivedLength"/> bytes.</param>
    /// <returns>False when the parts together are longer than 2,000 bytes; the schema's limits are far below.</returns>
    public static bool TryDerive(
        ReadOnlySpan<byte> publisherId, ReadOnlySpan<byte> adServingId, ReadOnlySpan<byte> eventName, long? seq, Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[InputBytesMax];
        if (publisherId.Length + adServingId.Length + eventName.Length > 2000)
        {
            return false;
        }

        var at = Append(input, 0, publisherId);
        input[at++] = Joint;
        at = Append(input, at, adServingId);
        input[at++] = Joint;
        at = Append(input, at, eventName);
        input[at++] = Joint;
        if (seq is { } number)
        {
            number.TryFormat(input[at..], out var digits);
            at += digits;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..at], hash);
        return Convert.TryToHexStringLower(hash[..16], destination, out _);
    }

    /// <summary>Writes a generated id: UUIDv7 (RFC 9562) with the given time.</summary>
    /// <param name="unixMs">Time of receipt.</param>
    /// <param name="destination">At least <see cref="GeneratedLength"/> bytes.</param>
    public static void Generate(long unixMs, Span<byte> destination)
    {
        var formatted = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(unixMs)).TryFormat(destination, out _);
        Debug.Assert(formatted, "room for a UUID");
    }

    private static int Append(Span<byte> input, int at, ReadOnlySpan<byte> part)
    {
        part.CopyTo(input[at..]);
        return at + part.Length;
    }
}
