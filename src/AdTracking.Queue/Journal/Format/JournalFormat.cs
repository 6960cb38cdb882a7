using System.Globalization;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Numbers and names of the journal's files; docs/journal.md has the tables. All numbers are little-endian. In every version to
/// come stay: a segment header's length, magic, version and checksum, and a batch header's first 24 bytes and its checksum at its end, so
/// that an older program can tell a newer file from a damaged one.</summary>
internal static class JournalFormat
{
    /// <summary>Version of all that is written.</summary>
    public const ushort Version = 1;

    /// <summary>Bytes of a segment's header; batches follow.</summary>
    public const int SegmentHeaderBytes = 64;

    /// <summary>Batches, groups, events and notes begin at multiples of this.</summary>
    public const int Alignment = 8;

    /// <summary>"ADTB": the header before a batch's groups.</summary>
    public const uint HeadMagic = 0x42544441;

    /// <summary>"ADTE": the same header after them.</summary>
    public const uint TailMagic = 0x45544441;

    /// <summary>"ADTG", combined with the batch's id (<see cref="GroupMagicOf"/>).</summary>
    public const uint GroupMagic = 0x47544441;

    /// <summary>"ADTN".</summary>
    public const uint NoteMagic = 0x4E544441;

    /// <summary>Bytes of a batch header before cluster id and mark.</summary>
    public const int BatchHeaderFixedBytes = 88;

    /// <summary>The longest batch header that is written or believed: some 130,000 partitions.</summary>
    public const int BatchHeaderBytesMax = 1024 * 1024;

    /// <summary>The longest cluster id.</summary>
    public const int ClusterIdBytesMax = 64;

    /// <summary>Bytes of a group's header.</summary>
    public const int GroupHeaderBytes = 32;

    /// <summary>The longest group: a group in a block is never longer than half of it, and its image here is shorter.</summary>
    public const int GroupBytesMax = QueueBlock.Bytes / 2;

    /// <summary>Bytes of an event's header.</summary>
    public const int EventHeaderBytes = 12;

    /// <summary>Bytes of a note before its mark.</summary>
    public const int NoteFixedBytes = 48;

    private const string SegmentEnding = ".seg";
    private const string NotesEnding = ".notes";
    private const int DigitCount = 16;

    /// <summary>"ADTSEG", a zero byte, 1.</summary>
    public static ReadOnlySpan<byte> SegmentMagic => "ADTSEG\0\u0001"u8;

    /// <summary>What a batch's groups begin with. The id is random and known to nobody outside, so no sender can put something into an
    /// event that a search for groups would stop at.</summary>
    public static uint GroupMagicOf(ulong batchId) => GroupMagic ^ (uint)batchId ^ (uint)(batchId >> 32);

    /// <summary>Rounds up to <see cref="Alignment"/>.</summary>
    public static int Aligned(int bytes) => (bytes + Alignment - 1) & ~(Alignment - 1);

    /// <summary>The name of a segment's file.</summary>
    public static string SegmentName(long number) => number.ToString("x16", CultureInfo.InvariantCulture) + SegmentEnding;

    /// <summary>The name of a segment's side file.</summary>
    public static string NotesName(long number) => number.ToString("x16", CultureInfo.InvariantCulture) + NotesEnding;

    /// <summary>Whether a name is a segment's.</summary>
    public static bool TryParseSegmentName(string name, out long number) => TryParse(name, SegmentEnding, out number);

    /// <summary>Whether a name is a side file's.</summary>
    public static bool TryParseNotesName(string name, out long number) => TryParse(name, NotesEnding, out number);

    private static bool TryParse(string name, string ending, out long number)
    {
        number = 0;
        return name.Length == DigitCount + ending.Length
            && name.EndsWith(ending, StringComparison.Ordinal)
            && !name.AsSpan(0, DigitCount).ContainsAnyInRange('A', 'F')
            && long.TryParse(name.AsSpan(0, DigitCount), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && number > 0;
    }
}
