using System.Globalization;

namespace AdTracking.Oracle.Minting;

/// <summary>Makes event ids, keys and payloads from a seed and a number, so that nothing needs to be remembered of an event but a few bits:
/// what Kafka must hold for it can be minted again.</summary>
internal sealed class Mint(uint seed, int letters)
{
    /// <summary>Numbers are given out in runs of this length, each to one connection.</summary>
    public const int RunEvents = 4_096;

    /// <summary>Keys of a run, taken in turn: more than the events of the largest request, so that a key's next event always stands in a
    /// later request, which is sent after the answer to the former.</summary>
    public const int KeysOfRun = 128;

    private const string Letters = "abcdefghijklmnopqrstuvwxyzäöüßéàñç0123456789-";
    private static readonly string[] EngagementNames = ["start", "firstQuartile", "midpoint", "thirdQuartile", "complete", "skip"];

    public uint Seed => seed;

    public string Id(long number) => $"o-{seed:x8}-{number:x}-{Splitter.Mix(seed, number, 1) & 0xFFFF:x4}";

    /// <summary>The number of an id of this mint; negative when it is none.</summary>
    public long NumberOf(string? id)
    {
        var parts = id?.Split('-') ?? [];
        if (parts.Length != 4 || !long.TryParse(parts[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number))
        {
            return -1;
        }

        return number >= 0 && Id(number) == id ? number : -1;
    }

    public static string Key(long number) => $"as-{number / RunEvents:x}-{number % KeysOfRun:x}";

    public MintedEvent Event(long number, EventKind kind)
    {
        var mixed = Splitter.Mix(seed, number, 2);
        return new MintedEvent(
            number,
            kind,
            Id(number),
            kind switch
            {
                EventKind.Impression => "impression",
                EventKind.Click => "click",
                _ => EngagementNames[mixed % (ulong)EngagementNames.Length],
            },
            Key(number),
            $"pub-{(mixed >> 8) % 17}",
            $"campaign-{mixed >> 40:x}",
            Page(mixed),
            kind == EventKind.Impression ? (long)(mixed >> 16) % 30_000_000 : null);
    }

    // Some letters, so that values differ in length and every byte of them says something.
    private string Page(ulong mixed)
    {
        var length = (int)((mixed >> 24 & 0xFFFF) * (ulong)letters >> 16);
        return "https://site.example/" + string.Create(length, mixed, static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Letters[(int)(Splitter.Mix(state, i >> 3, 3) >> 8 * (i & 7) & 0xFF) % Letters.Length];
            }
        });
    }
}
