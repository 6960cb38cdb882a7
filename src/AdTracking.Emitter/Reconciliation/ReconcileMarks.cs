using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>The marks of batches, read from their headers when they are needed: memory does not keep them. A note that can be trusted
/// replaces its batch's mark, since nothing of the batch was handed over before it.</summary>
internal sealed class ReconcileMarks(IJournalFiles files, Guid bootId)
{
    private readonly Dictionary<long, Dictionary<ulong, BatchMark>> _bySegment = [];

    // Batches of an outage have one mark, and come one after the other.
    private BatchMark _stored = BatchMark.Empty;
    private JournalMark _mark = JournalMark.Empty;

    /// <summary>Forgets what an earlier reading read.</summary>
    public void Clear() => _bySegment.Clear();

    /// <summary>The mark of a batch that stands in a segment.</summary>
    public JournalMark Of(ulong batchId, long segmentNumber)
    {
        if (!_bySegment.TryGetValue(segmentNumber, out var marks))
        {
            _bySegment[segmentNumber] = marks = Read(SegmentReader.Scan(files, JournalFormat.SegmentName(segmentNumber)));
        }

        var stored = marks.GetValueOrDefault(batchId, BatchMark.Empty);
        if (!ReferenceEquals(stored, _stored))
        {
            MarkCodec.TryDecode(stored, out _mark);
            _stored = stored;
        }

        return _mark;
    }

    private Dictionary<ulong, BatchMark> Read(SegmentScan scan)
    {
        var marks = new Dictionary<ulong, BatchMark>();
        var ofThisBoot = new HashSet<ulong>();
        foreach (var found in scan.Batches)
        {
            marks[found.Header.BatchId] = found.Header.Mark;
            if (found.Header.BootId == bootId && found.Header.Kind == BlockKind.Unsent)
            {
                ofThisBoot.Add(found.Header.BatchId);
            }
        }

        // Of several notes the first counts, and one without a mark keeps the batch's; where one may be lost, nobody knows which was the first.
        foreach (var note in scan.Notes)
        {
            if (!scan.AreNotesDamaged && note.BootId == bootId && ofThisBoot.Remove(note.BatchId) && note.Mark is not null)
            {
                marks[note.BatchId] = note.Mark;
            }
        }

        return marks;
    }
}
