using System.Buffers.Binary;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Reads the notes of a side file: one after the other, then zeros. Past what is no note it goes on at the next sound one.</summary>
internal sealed class NoteFinder(FileWindow window, SegmentScan scan, MarkCache cache)
{
    private const int ReadBytes = 64 * 1024;

    /// <summary>Adds notes and damage to the scan.</summary>
    public void Run()
    {
        long damaged = -1;
        for (long at = 0; at < window.Length;)
        {
            var bytes = window.At(at, sizeof(ulong), ReadBytes);
            if (bytes.Length < sizeof(ulong))
            {
                damaged = damaged < 0 && bytes.IndexOfAnyExcept((byte)0) >= 0 ? at : damaged;
                break;
            }

            if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) == 0 && damaged < 0)
            {
                var some = bytes.IndexOfAnyExcept((byte)0);
                at += (some < 0 ? bytes.Length : some) & ~(JournalFormat.Alignment - 1);
                continue;
            }

            if (TryRead(at, bytes, out var noteBytes))
            {
                AddDamage(damaged, at);
                damaged = -1;
                at += noteBytes;
                scan.NotesEnd = at;
                continue;
            }

            damaged = damaged < 0 ? at : damaged;
            at += JournalFormat.Alignment;
        }

        AddDamage(damaged, window.Length);
    }

    private bool TryRead(long at, ReadOnlySpan<byte> bytes, out int noteBytes)
    {
        if (!Note.Probe(bytes, out noteBytes))
        {
            return false;
        }

        bytes = window.At(at, noteBytes, ReadBytes);
        if (bytes.Length < noteBytes || !Note.TryRead(bytes[..noteBytes], cache, out var note))
        {
            return false;
        }

        scan.Notes.Add(note);
        return true;
    }

    private void AddDamage(long from, long to)
    {
        if (from >= 0)
        {
            scan.NotesDamage.Add(new JournalDamage(DamageKind.Notes, from, to - from));
        }
    }
}
