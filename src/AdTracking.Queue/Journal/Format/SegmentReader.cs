using AdTracking.Queue.Journal.Files;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Reads what a segment and its side file hold, without the groups. Changes nothing and throws nothing.</summary>
internal static class SegmentReader
{
    /// <summary>Reads the segment of this name and its side file.</summary>
    public static SegmentScan Scan(IJournalFiles files, string name) => Scan(files, name, new FileWindow(files), new MarkCache());

    /// <summary>The same with buffer and marks of a caller that reads many.</summary>
    public static SegmentScan Scan(IJournalFiles files, string name, FileWindow window, MarkCache cache)
    {
        if (!JournalFormat.TryParseSegmentName(name, out var number))
        {
            return new SegmentScan { Number = 0, Error = -Errno.Invalid };
        }

        var scan = new SegmentScan { Number = number };
        var handle = files.OpenUninterrupted(name, writable: false);
        if (handle < 0)
        {
            scan.Error = handle;
            return scan;
        }

        scan.FileBytes = files.Length(handle);
        if (scan.FileBytes < 0)
        {
            scan.Error = (int)scan.FileBytes;
        }
        else
        {
            window.Attach(handle, scan.FileBytes);
            ReadBatches(scan, window, cache);
        }

        files.Close(handle);
        if (scan.Error == 0)
        {
            ReadNotes(files, scan, window, cache);
        }

        return scan;
    }

    /// <summary>Reads the beginning of a segment and the lengths of both files. What cannot be opened says nothing.</summary>
    public static SegmentPeek Peek(IJournalFiles files, string name, FileWindow window, MarkCache cache)
    {
        if (!JournalFormat.TryParseSegmentName(name, out var number))
        {
            return new SegmentPeek(IsNewer: false, "", 0);
        }

        var scan = new SegmentScan { Number = number };
        var clusterId = "";
        long bytes = 0;
        var handle = files.OpenUninterrupted(name, writable: false);
        if (handle >= 0)
        {
            bytes = Math.Max(0, files.Length(handle));
            window.Attach(handle, bytes);
            scan.State = SegmentHeader.Read(window.At(0, JournalFormat.SegmentHeaderBytes, FirstReadBytes), out var header);
            scan.Header = header;
            if (scan.State != SegmentState.NewerFormat)
            {
                clusterId = new BatchFinder(window, scan, cache).First()?.ClusterId ?? "";
            }

            files.Close(handle);
        }

        handle = files.OpenUninterrupted(JournalFormat.NotesName(number), writable: false);
        if (handle >= 0)
        {
            bytes += Math.Max(0, files.Length(handle));
            files.Close(handle);
        }

        return new SegmentPeek(scan.State == SegmentState.NewerFormat, clusterId, bytes);
    }

    private static void ReadBatches(SegmentScan scan, FileWindow window, MarkCache cache)
    {
        var first = window.At(0, JournalFormat.SegmentHeaderBytes, FirstReadBytes);
        var isZero = first[..Math.Min(first.Length, JournalFormat.SegmentHeaderBytes)].IndexOfAnyExcept((byte)0) < 0;
        scan.State = SegmentHeader.Read(first, out var header);
        if (scan.State == SegmentState.Ok && header.Number != scan.Number)
        {
            scan.State = SegmentState.Damaged;
        }

        if (scan.State == SegmentState.NewerFormat)
        {
            return;
        }

        if (scan.State == SegmentState.Ok)
        {
            scan.Header = header;
        }
        else
        {
            scan.Damage.Add(new JournalDamage(DamageKind.SegmentHeader, 0, JournalFormat.SegmentHeaderBytes));
        }

        new BatchFinder(window, scan, cache).Run();
        scan.Damage.AddRange(window.Unreadable);
        var nothingElse = scan.Batches.Count == 0 && scan.Damage.Count == 1 && scan.State == SegmentState.Damaged;
        if (isZero && nothingElse)
        {
            scan.State = SegmentState.Empty;
            scan.Damage.Clear();
        }

        if (scan.State == SegmentState.Ok && scan.FileBytes < scan.Header.Bytes)
        {
            scan.Damage.Add(new JournalDamage(DamageKind.Truncated, scan.FileBytes, scan.Header.Bytes - scan.FileBytes));
        }
    }

    private static void ReadNotes(IJournalFiles files, SegmentScan scan, FileWindow window, MarkCache cache)
    {
        // Where the creation was cut, the side file may be cut as well, and nothing was promised.
        if (scan.State is SegmentState.NewerFormat or SegmentState.Empty)
        {
            return;
        }

        var handle = files.OpenUninterrupted(JournalFormat.NotesName(scan.Number), writable: false);
        if (handle < 0)
        {
            scan.NotesDamage.Add(new JournalDamage(handle == -Errno.NoEntry ? DamageKind.NotesMissing : DamageKind.Unreadable, 0, 0));
            return;
        }

        scan.NotesFileBytes = Math.Max(0, files.Length(handle));
        window.Attach(handle, scan.NotesFileBytes);
        new NoteFinder(window, scan, cache).Run();
        scan.NotesDamage.AddRange(window.Unreadable);
        files.Close(handle);
    }

    private const int FirstReadBytes = 4096;
}
