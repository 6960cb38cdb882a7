using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>Counts what a journal holds, group by group, without the journal's own bookkeeping.</summary>
internal static class SimJournal
{
    /// <summary>Events that can be read, each once however many copies of its batch there are.</summary>
    public static int CountEvents(SimDisk disk, SimRandom random)
    {
        using var files = new SimFiles(disk, random, SimVariant.None);
        var reader = new GroupReader(files);
        var seen = new HashSet<(ulong Batch, int Event)>();
        foreach (var name in disk.Names)
        {
            if (!JournalFormat.TryParseSegmentName(name, out _))
            {
                continue;
            }

            var scan = SegmentReader.Scan(files, name);
            var handle = files.Open(name, writable: false);
            foreach (var batch in scan.Batches)
            {
                Count(reader, handle, batch, seen);
            }
        }

        return seen.Count;
    }

    private static void Count(GroupReader reader, int handle, ScannedBatch batch, HashSet<(ulong Batch, int Event)> seen)
    {
        reader.Begin(handle, batch.Offset, batch.Header);
        GroupRead read;
        while ((read = reader.Next()) != GroupRead.End)
        {
            for (var i = 0; read == GroupRead.Group && i < reader.EventCount; i++)
            {
                seen.Add((batch.Header.BatchId, reader.FirstEvent + i));
            }
        }
    }
}
