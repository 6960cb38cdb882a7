namespace AdTracking.Emitter;

/// <summary>
/// Finds what an earlier run left in the journal. Reads headers only, so that a start takes no longer with a full journal, and changes
/// nothing but to delete what holds nothing.
/// </summary>
internal sealed class Recovery(
    IJournalFiles files, SegmentStore segments, BatchTable batches, JournalCounters counters, PipelineOptions options, JournalRules rules)
{
    private readonly Dictionary<ulong, JournalBatch> _byId = [];
    private readonly HashSet<ulong> _noted = [];

    /// <summary>Events found, as far as headers tell.</summary>
    public long EventCount { get; private set; }

    /// <summary>Of these, events that may be in Kafka already.</summary>
    public long QuestionableCount { get; private set; }

    /// <summary>Events that are missing, as far as headers tell.</summary>
    public long MissingCount { get; private set; }

    /// <summary>What is wrong with the files, one line each.</summary>
    public List<string> Damage { get; } = [];

    /// <summary>The clusters that batches were meant for.</summary>
    public HashSet<string> ClusterIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes in what is there.</summary>
    /// <exception cref="JournalException">The directory cannot be read, or is of a newer format. Nothing was changed.</exception>
    public void Run()
    {
        SegmentScan[] scans = Scan(out List<string> orphans);
        foreach (SegmentScan scan in scans)
        {
            foreach (Note note in scan.Notes)
                _noted.Add(note.BatchId);
        }

        foreach (SegmentScan scan in scans)
            TakeIn(scan);
        foreach (string orphan in orphans)
            files.DeleteUninterrupted(orphan);
        foreach (JournalBatch batch in _byId.Values)
        {
            EventCount += batch.EventCount;
            QuestionableCount += batch.StartsQuestionable ? batch.EventCount : 0;
        }

        counters.CountDamaged(MissingCount);
    }

    private SegmentScan[] Scan(out List<string> orphans)
    {
        var names = new List<string>();
        int error = files.List(names);
        if (error < 0)
            throw new JournalException($"The journal's directory cannot be read: {Errno.Text(error)}.");
        SegmentScan[] scans = ScanAll([.. names.Where(name => JournalFormat.TryParseSegmentName(name, out _)).Order(StringComparer.Ordinal)]);
        foreach (SegmentScan scan in scans)
        {
            if (scan.State == SegmentState.NewerFormat)
            {
                throw new JournalException(
                    $"The journal's segment {JournalFormat.SegmentName(scan.Number)} was written by a newer version of this program. Start that "
                    + "version, let it deliver what is there, and then go back. Nothing was changed.");
            }
        }

        orphans = [.. names.Where(name => JournalFormat.TryParseNotesName(name, out long number) && !Array.Exists(scans, scan => scan.Number == number))];
        return scans;
    }

    // Many at a time: every header is a read somewhere else, and after a power cut nothing is cached.
    private SegmentScan[] ScanAll(string[] names)
    {
        var scans = new SegmentScan[names.Length];
        int next = -1;
        int threads = Math.Min(rules.ScanThreads, names.Length);
        if (threads > 1)
            Task.WaitAll([.. Enumerable.Range(0, threads).Select(_ => BlockingThread.RunAsync(ScanSome))]);
        else
            ScanSome();
        return scans;

        void ScanSome()
        {
            var window = new FileWindow(files);
            var cache = new MarkCache();
            for (int i; (i = Interlocked.Increment(ref next)) < names.Length;)
                scans[i] = SegmentReader.Scan(files, names[i], window, cache);
        }
    }

    private void TakeIn(SegmentScan scan)
    {
        segments.NumberAbove(scan.Number);
        string name = JournalFormat.SegmentName(scan.Number);
        JournalSegment? file = null;
        int error = scan.Error;
        if (error == 0)
            file = JournalSegment.Open(files, scan, out error);
        if (file is null)
        {
            Damage.Add($"{name} cannot be opened ({Errno.Text(error)}); it is left alone.");
            return;
        }

        foreach (JournalDamage damage in scan.Damage.Concat(scan.NotesDamage))
            Damage.Add($"{name}: {damage.Kind} at {damage.Offset}, {damage.Bytes} bytes.");
        MissingCount += scan.MissingEvents;
        StoredSegment segment = segments.AddFound(file, scan.FileBytes + scan.NotesFileBytes, scan.HasUnreadable);
        foreach (ScannedBatch found in scan.Batches)
            TakeIn(found, segment, scan.AreNotesDamaged, isLast: ReferenceEquals(found, scan.Batches[^1]));
    }

    private void TakeIn(ScannedBatch found, StoredSegment segment, bool notesDamaged, bool isLast)
    {
        BatchHeader header = found.Header;
        if (header.ClusterId.Length > 0)
            ClusterIds.Add(header.ClusterId);
        if (!_byId.TryGetValue(header.BatchId, out JournalBatch? batch))
        {
            batch = new JournalBatch(header.BatchId, header.Kind, header.TimeMs) { State = BatchState.Stored };
            _byId.Add(header.BatchId, batch);
            batches.Add(batch);
        }

        // Shipping batches may have been handed over whole, waiting ones once their note was written. A power cut can take notes away.
        batch.StartsQuestionable |= !options.ClusterForgets
            && (header.Kind == BlockKind.Shipping || header.BootId != rules.BootId || notesDamaged || _noted.Contains(header.BatchId));
        batch.IsNoted |= _noted.Contains(header.BatchId);
        batch.GroupCount = Math.Max(batch.GroupCount, header.GroupsTaken);
        batch.EventCount = Math.Max(batch.EventCount, header.EventsTaken);
        batch.Bytes += header.Bytes;
        batch.Places = [.. batch.Places, PlaceOf(found, segment, isLast)];
        segment.LiveBatches++;
        if (header.Kind == BlockKind.Waiting && !batch.IsNoted)
            segment.Promise(batch, Note.BytesOf(mark: null));
    }

    // After a cut write a segment takes no more: where something follows, the missing tail is damage.
    private static BatchPlace PlaceOf(ScannedBatch found, StoredSegment segment, bool isLast) =>
        new(segment, found.Offset, found.Header.Bytes, found.Header.HeaderBytes, found.Header.EventCount, isLast && found.IsTailMissing);
}
