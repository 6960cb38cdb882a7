using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Inspection;

/// <summary>The words by which an inspection names states and damage.</summary>
internal static class JournalWords
{
    public const string Shipping = "shipping";
    public const string Waiting = "waiting";
    public const string CannotOpen = "cannotOpen";

    public static string Of(BlockKind kind) => kind == BlockKind.Shipping ? Shipping : Waiting;

    public static string Of(SegmentState state) => state switch
    {
        SegmentState.Ok => "ok",
        SegmentState.Empty => "empty",
        SegmentState.NewerFormat => "newerFormat",
        _ => "damaged",
    };

    public static InspectedDamage Of(string file, JournalDamage damage)
    {
        (var kind, var says) = damage.Kind switch
        {
            DamageKind.SegmentHeader => ("segmentHeader", "The segment's header is damaged; batches are read nevertheless."),
            DamageKind.BatchHead => ("batchHead", "The header before a batch's groups is damaged; the one after them served."),
            DamageKind.BatchTail => ("batchTail", "The header after a batch's groups is missing: a write that was cut, or damage."),
            DamageKind.Batches => ("batches", "No batch can be made out here: batches are lost, or a write was cut."),
            DamageKind.Groups => ("groups", "Groups are not as they were written: their events are lost."),
            DamageKind.Truncated => ("truncated", "The file is shorter than it was made."),
            DamageKind.Unreadable => ("unreadable", "The disk refuses to read this."),
            DamageKind.NotesMissing => ("notesMissing", "The side file is missing: every waiting batch counts as perhaps handed over."),
            _ => ("notes", "No note can be made out here: every waiting batch counts as perhaps handed over."),
        };
        return new InspectedDamage(file, kind, damage.Offset, damage.Bytes, says);
    }
}
