using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Puts together what scans of segments have found: the batches, oldest first, and where each of them stands.</summary>
internal sealed class RecoveredBatches(IJournalFiles files, JournalOptions options, JournalRules rules)
{
    private readonly HashSet<ulong> _noted = [];
    private readonly Dictionary<ulong, JournalBatch> _byId = [];
    private readonly List<string> _damage = [];
    private readonly HashSet<string> _clusterIds = new(StringComparer.Ordinal);

    /// <summary>The segments, open.</summary>
    public List<StoredSegment> Segments { get; private set; } = [];

    /// <summary>The batches, oldest first.</summary>
    public List<JournalBatch> Batches { get; private set; } = [];

    /// <summary>Events in them.</summary>
    public long EventCount { get; private set; }

    /// <summary>Of these, events that may be in Kafka already.</summary>
    public long InDoubtCount { get; private set; }

    /// <summary>Events that are missing, as far as headers tell.</summary>
    public long MissingCount { get; private set; }

    /// <summary>What is wrong with the files, one line each.</summary>
    public IReadOnlyList<string> Damage => _damage;

    /// <summary>The clusters that batches were meant for.</summary>
    public IReadOnlySet<string> ClusterIds => _clusterIds;

    /// <summary>Takes the scans, in the order of the segments' numbers, with what was seen of the same segments before.</summary>
    public void Build(SegmentScan[] scans, SegmentPeek[] peeks)
    {
        foreach (var scan in scans)
        {
            foreach (var note in scan.Notes)
            {
                _noted.Add(note.BatchId);
            }
        }

        for (var i = 0; i < scans.Length; i++)
        {
            TakeIn(scans[i], peeks[i].DiskBytes);
        }

        foreach (var batch in Batches)
        {
            EventCount += batch.EventCount;
            InDoubtCount += batch.StartsInDoubt ? batch.EventCount : 0;
        }
    }

    /// <summary>Forgets what somebody else has now.</summary>
    public void Release()
    {
        Segments = [];
        Batches = [];
        _byId.Clear();
        _noted.Clear();
    }

    private void TakeIn(SegmentScan scan, long diskBytes)
    {
        var name = JournalFormat.SegmentName(scan.Number);
        if (scan.State == SegmentState.NewerFormat)
        {
            _damage.Add($"{name} holds what a newer version of this program wrote; it is left alone.");
            return;
        }

        JournalSegment? file = null;
        var error = scan.Error;
        if (error == 0)
        {
            file = JournalSegment.Open(files, scan, out error);
        }

        if (file is null)
        {
            _damage.Add($"{name} cannot be opened ({Errno.Text(error)}); it is left alone.");
            return;
        }

        foreach (var damage in scan.Damage.Concat(scan.NotesDamage))
        {
            _damage.Add($"{name}: {damage.Kind} at {damage.Offset}, {damage.Bytes} bytes.");
        }

        MissingCount += scan.MissingEvents;
        var segment = new StoredSegment(file, diskBytes) { IsKept = scan.HasUnreadable };
        Segments.Add(segment);
        foreach (var found in scan.Batches)
        {
            TakeIn(found, segment, scan.AreNotesDamaged, isLast: ReferenceEquals(found, scan.Batches[^1]));
        }
    }

    private void TakeIn(ScannedBatch found, StoredSegment segment, bool notesDamaged, bool isLast)
    {
        var header = found.Header;
        if (header.ClusterId.Length > 0)
        {
            _clusterIds.Add(header.ClusterId);
        }

        if (!_byId.TryGetValue(header.BatchId, out var batch))
        {
            batch = new JournalBatch(header.BatchId, header.Kind, header.TimeMs) { State = BatchState.Stored };
            _byId.Add(header.BatchId, batch);
            Batches.Add(batch);
        }

        // Shipping batches may have been handed over whole, waiting ones once their note was written. A power cut can take notes away.
        batch.StartsInDoubt |= !options.ClusterForgets
            && (header.Kind == BlockKind.Shipping || header.BootId != rules.BootId || notesDamaged || _noted.Contains(header.BatchId));
        batch.IsNoted |= _noted.Contains(header.BatchId);
        batch.GroupCount = Math.Max(batch.GroupCount, header.GroupsTaken);
        batch.EventCount = Math.Max(batch.EventCount, header.EventsTaken);
        batch.Bytes += header.Bytes;
        batch.Places = [.. batch.Places, PlaceOf(found, segment, isLast)];
        segment.LiveBatches++;
        if (header.Kind == BlockKind.Unsent && !batch.IsNoted)
        {
            segment.Promise(batch, Note.BytesOf(mark: null));
        }
    }

    // After a cut write a segment takes no more: where something follows, the missing tail is damage.
    private static BatchPlace PlaceOf(ScannedBatch found, StoredSegment segment, bool isLast) =>
        new(segment, found.Offset, found.Header.Bytes, found.Header.HeaderBytes, found.Header.EventCount, isLast && found.IsTailMissing);
}
