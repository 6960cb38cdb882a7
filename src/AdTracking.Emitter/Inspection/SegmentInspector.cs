using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Inspection;

/// <summary>Makes an <see cref="InspectedSegment"/> of the two files of a segment.</summary>
internal sealed class SegmentInspector(IJournalFiles files)
{
    private readonly FileWindow _window = new(files);
    private readonly MarkCache _cache = new();
    private readonly GroupReader _groups = new(files);

    /// <summary>Reads a segment; null when it is not there any more.</summary>
    public InspectedSegment? Read(string name, bool checkGroups, Guid bootId, DateTimeOffset now)
    {
        var scan = SegmentReader.Scan(files, name, _window, _cache);
        if (scan.Error == -Errno.NoEntry)
        {
            return null;
        }

        if (scan.Error < 0)
        {
            return CannotOpen(name, scan.Error);
        }

        var damage = new List<InspectedDamage>();
        damage.AddRange(scan.Damage.Select(entry => JournalWords.Of(name, entry)));
        var batches = ReadBatches(name, scan, checkGroups, bootId, now, damage);
        if (batches is null)
        {
            return null;
        }

        damage.AddRange(scan.NotesDamage.Select(entry => JournalWords.Of(JournalFormat.NotesName(scan.Number), entry)));
        var isOk = scan.State == SegmentState.Ok;
        return new InspectedSegment
        {
            Name = name,
            State = JournalWords.Of(scan.State),
            Bytes = scan.FileBytes,
            UsedBytes = scan.BatchesEnd,
            NotesBytes = scan.NotesFileBytes,
            UsedNotesBytes = scan.NotesEnd,
            Created = isOk ? TimeOf(scan.Header.CreatedMs) : null,
            AgeSeconds = isOk ? AgeOf(scan.Header.CreatedMs, now) : null,
            Batches = batches,
            Notes = [.. scan.Notes.Select(note => Of(note, bootId, now))],
            LostBatchEvents = scan.MissingEvents,
            Damage = damage,
        };
    }

    private static InspectedSegment CannotOpen(string name, int error) => new()
    {
        Name = name,
        State = JournalWords.CannotOpen,
        Batches = [],
        Notes = [],
        Damage = [new InspectedDamage(name, JournalWords.CannotOpen, 0, 0, $"The file cannot be opened: {Errno.Text(error)}.")],
    };

    private List<InspectedBatch>? ReadBatches(
        string name, SegmentScan scan, bool checkGroups, Guid bootId, DateTimeOffset now, List<InspectedDamage> damage)
    {
        var handle = -1;
        if (checkGroups && scan.Batches.Count > 0 && (handle = files.OpenUninterrupted(name, writable: false)) < 0)
        {
            return null;
        }

        var batches = new List<InspectedBatch>(scan.Batches.Count);
        foreach (var batch in scan.Batches)
        {
            batches.Add(Of(batch, handle < 0 ? null : ReadGroups(name, handle, batch, damage), bootId, now));
        }

        if (handle >= 0)
        {
            files.Close(handle);
        }

        return batches;
    }

    private int ReadGroups(string name, int handle, ScannedBatch batch, List<InspectedDamage> damage)
    {
        _groups.Begin(handle, batch.Offset, batch.Header);
        for (var read = _groups.Next(); read != GroupRead.End; read = _groups.Next())
        {
            if (read == GroupRead.Damage)
            {
                damage.Add(JournalWords.Of(name, new JournalDamage(DamageKind.Groups, _groups.Offset, _groups.DamageEnd - _groups.Offset)));
            }
        }

        damage.AddRange(_groups.Unreadable.Select(entry => JournalWords.Of(name, entry)));
        return _groups.MissingEvents;
    }

    private static InspectedBatch Of(ScannedBatch batch, int? missing, Guid bootId, DateTimeOffset now) => new()
    {
        Id = batch.Header.BatchId.ToString("x16"),
        Kind = JournalWords.Of(batch.Header.Kind),
        Rewritten = batch.Header.IsRewritten,
        Offset = batch.Offset,
        Bytes = batch.Header.Bytes,
        Groups = batch.Header.GroupCount,
        Events = batch.Header.EventCount,
        MissingEvents = missing,
        Time = TimeOf(batch.Header.TimeMs),
        AgeSeconds = AgeOf(batch.Header.TimeMs, now),
        BootId = batch.Header.BootId,
        ThisBoot = batch.Header.BootId == bootId,
        ClusterId = batch.Header.ClusterId,
        Mark = InspectedTopicMark.Of(batch.Header.Mark),
    };

    private static InspectedNote Of(Note note, Guid bootId, DateTimeOffset now) => new(
        note.BatchId.ToString("x16"),
        TimeOf(note.TimeMs),
        AgeOf(note.TimeMs, now),
        note.BootId == bootId,
        note.Mark is null ? null : InspectedTopicMark.Of(note.Mark));

    // A clock that was wrong when it was written must not end the inspection.
    private static DateTimeOffset TimeOf(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(unixMs, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    private static long AgeOf(long unixMs, DateTimeOffset now) => (long)(now - TimeOf(unixMs)).TotalSeconds;
}
