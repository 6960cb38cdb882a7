namespace AdTracking.Queue.Journal.Format;

/// <summary>What <see cref="SegmentReader"/> found in a segment and its side file, groups unread.</summary>
internal sealed class SegmentScan
{
    /// <summary>The segment's number, from its name.</summary>
    public required long Number { get; init; }

    /// <summary>What the segment's header says.</summary>
    public SegmentState State { get; set; }

    /// <summary>The segment's header, when it is sound.</summary>
    public SegmentHeader Header { get; set; }

    /// <summary>Length of the segment file.</summary>
    public long FileBytes { get; set; }

    /// <summary>The batches, in the file's order.</summary>
    public List<ScannedBatch> Batches { get; } = [];

    /// <summary>What is wrong with the segment file, in its order.</summary>
    public List<JournalDamage> Damage { get; } = [];

    /// <summary>Events that stood in batches which are lost, as far as the running totals of later ones tell.</summary>
    public long MissingEvents { get; set; }

    /// <summary>The sound notes, in the side file's order.</summary>
    public List<Note> Notes { get; } = [];

    /// <summary>What is wrong with the side file.</summary>
    public List<JournalDamage> NotesDamage { get; } = [];

    /// <summary>Where the last sound note ends.</summary>
    public long NotesEnd { get; set; }

    /// <summary>Length of the side file.</summary>
    public long NotesFileBytes { get; set; }

    /// <summary>0, or the error negated that kept the segment from being opened. Then nothing else here means anything.</summary>
    public int Error { get; set; }

    /// <summary>Where the last batch ends.</summary>
    public long BatchesEnd => Batches.Count == 0 ? Math.Min(FileBytes, JournalFormat.SegmentHeaderBytes) : Batches[^1].End;

    /// <summary>Events in the batches found.</summary>
    public long EventCount
    {
        get
        {
            long events = 0;
            foreach (var batch in Batches)
            {
                events += batch.Header.EventCount;
            }

            return events;
        }
    }

    /// <summary>Whether notes may have been lost: then each waiting batch of the segment may have been handed over, whatever the others
    /// say.</summary>
    public bool AreNotesDamaged => NotesDamage.Count > 0;

    /// <summary>Whether something could not be read; then the files must be kept, since another attempt may read it.</summary>
    public bool HasUnreadable => Has(Damage) || Has(NotesDamage);

    private static bool Has(List<JournalDamage> damage) => damage.Exists(entry => entry.Kind == DamageKind.Unreadable);
}
