using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>All that can be read from a segment.</summary>
internal sealed class JournalContent
{
    public required SegmentScan Scan { get; init; }

    /// <summary>The sound groups by their batch.</summary>
    public Dictionary<ulong, List<SampleGroup>> Groups { get; } = [];

    /// <summary>Damage inside batches.</summary>
    public List<JournalDamage> GroupDamage { get; } = [];

    /// <summary>Events known to be missing: of batches that are lost, and of groups.</summary>
    public long MissingEvents { get; private set; }

    public bool IsDamaged => Scan.Damage.Count + Scan.NotesDamage.Count + GroupDamage.Count > 0 || MissingEvents > 0;

    /// <summary>Reads a segment of a directory.</summary>
    public static JournalContent Read(IJournalFiles files, string name)
    {
        var content = new JournalContent { Scan = SegmentReader.Scan(files, name) };
        content.MissingEvents = content.Scan.MissingEvents;
        var handle = files.Open(name, writable: false);
        var reader = new GroupReader(files);
        foreach (var batch in content.Scan.Batches)
        {
            content.Read(reader, handle, batch);
        }

        files.Close(handle);
        return content;
    }

    private void Read(GroupReader reader, int handle, ScannedBatch batch)
    {
        var groups = new List<SampleGroup>();
        Groups.Add(batch.Header.BatchId, groups);
        reader.Begin(handle, batch.Offset, batch.Header);
        for (var read = reader.Next(); read != GroupRead.End; read = reader.Next())
        {
            if (read == GroupRead.Damage)
            {
                GroupDamage.Add(new JournalDamage(DamageKind.Groups, reader.Offset, reader.DamageEnd - reader.Offset));
                continue;
            }

            var events = new List<SampleEvent>();
            foreach (var ev in reader.Events)
            {
                events.Add(SampleEvent.Of(ev));
            }

            events.Count.ShouldBe(reader.EventCount);
            groups.Add(new SampleGroup(reader.Number, reader.FirstEvent, reader.ReceivedMinute, events));
        }

        MissingEvents += reader.MissingEvents;
    }
}
