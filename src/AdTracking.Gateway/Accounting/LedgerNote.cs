using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace AdTracking.Gateway.Accounting;

/// <summary>A small file that says which run counts and which of its minutes are not final, so that the next run can mark them as cut
/// when this one does not come to its end. Renewed in place, once a minute at most and without a sync: a crash of the process does not
/// need one, and after a power cut a note that is a little old still names the run.</summary>
internal sealed class LedgerNote : IDisposable
{
    /// <summary>The whole file: one block of the page cache, so that it is not torn.</summary>
    private const int Bytes = 4_096;

    /// <summary>Runs that could not be marked as cut yet. A gateway that dies every few seconds has more of them than anybody needs.</summary>
    private const int UnmarkedMax = 16;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private List<LedgerRun> _runs;

    private LedgerNote(string path, SafeFileHandle file, List<LedgerRun> runs)
    {
        _path = path;
        _file = file;
        _runs = runs;
    }

    /// <summary>Former runs that did not come to their end and are not marked as cut yet.</summary>
    public IReadOnlyList<LedgerRun> Cut => _runs[..^1];

    public LedgerRun Run => _runs[^1];

    /// <summary>Opens the note, and begins a run in it. A note that cannot be read counts as none.</summary>
    public static LedgerNote Open(string path, LedgerRun run)
    {
        var former = File.Exists(path) ? Read(File.ReadAllBytes(path)) : [];
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var note = new LedgerNote(path, file, [.. former.TakeLast(UnmarkedMax), run]);
        note.Write();
        return note;
    }

    /// <summary>Notes which minutes are not final now. Writes only when that has changed.</summary>
    public void Renew(int firstMinute, int lastMinute)
    {
        var renewed = Run with { FirstMinute = firstMinute, LastMinute = lastMinute };
        if (renewed != Run)
        {
            _runs[^1] = renewed;
            Write();
        }
    }

    /// <summary>The former runs are marked.</summary>
    public void ForgetCut()
    {
        _runs = [Run];
        Write();
    }

    /// <summary>The run came to its end: all of its entries are final.</summary>
    public void End()
    {
        if (_runs.Count == 1)
        {
            Dispose();
            File.Delete(_path);
        }
        else
        {
            _runs.RemoveAt(_runs.Count - 1);
            Write();
        }
    }

    public void Dispose() => _file.Dispose();

    private static List<LedgerRun> Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<List<LedgerRun>>(bytes) ?? [];
        }
        catch (JsonException)
        {
            return []; // empty or half written: a power cut came before the kernel wrote it
        }
    }

    private void Write()
    {
        var block = new byte[Bytes];
        block.AsSpan().Fill((byte)' ');
        JsonSerializer.SerializeToUtf8Bytes(_runs).CopyTo(block, 0);
        RandomAccess.Write(_file, block, fileOffset: 0);
    }
}

/// <summary>One run of the gateway, as the ledger's note knows it.</summary>
/// <param name="InstanceId">Random id of the run.</param>
/// <param name="BootId">The kernel's boot id; empty where the system has none.</param>
/// <param name="FirstMinute">The oldest minute whose entries are not final, counted from 1970.</param>
/// <param name="LastMinute">The newest minute that was counted in when the note was renewed.</param>
internal sealed record LedgerRun(string InstanceId, string BootId, int FirstMinute, int LastMinute)
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    /// <summary>A run that begins now.</summary>
    public static LedgerRun Begin(DateTimeOffset now)
    {
        var minute = (int)(now.ToUnixTimeSeconds() / 60);
        return new LedgerRun(Guid.CreateVersion7(now).ToString(), ReadBootId(), minute, minute);
    }

    private static string ReadBootId() => File.Exists(BootIdPath) ? File.ReadAllText(BootIdPath).Trim() : "";
}
