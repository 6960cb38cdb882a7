using AdTracking.Queue.Journal.Files;

namespace AdTracking.Queue.Journal.Format;

/// <summary>A stretch of a file in memory, moved by reading. What the disk refuses to read becomes zeros, page by page, and is remembered:
/// one bad sector must not hide what stands behind it.</summary>
internal sealed class FileWindow
{
    private const int PageBytes = 4096;
    private readonly IJournalFiles _files;
    private readonly CancellationToken _stop;
    private byte[] _buffer = [];
    private int _handle = -1;
    private long _start;
    private int _count;

    /// <summary>A window on nothing yet. Once it is to stop, every file ends where it is asked for.</summary>
    public FileWindow(IJournalFiles files, CancellationToken stop = default)
    {
        _files = files;
        _stop = stop;
    }

    /// <summary>Where reading ends: the file's length when it was attached.</summary>
    public long Length { get; private set; }

    /// <summary>The pages that could not be read, in the order in which that was noticed.</summary>
    public List<JournalDamage> Unreadable { get; } = [];

    /// <summary>Reads another file from now on.</summary>
    public void Attach(int handle, long length)
    {
        _handle = handle;
        _start = 0;
        _count = 0;
        Length = length;
        Unreadable.Clear();
    }

    /// <summary>Forgets what was read, so that the file is asked again.</summary>
    public void Forget() => _count = 0;

    /// <summary>The bytes from an offset on: all that are at hand when they are at least <paramref name="least"/>, otherwise the file is
    /// read up to <paramref name="wanted"/>. Fewer than <paramref name="least"/> only at the file's end.</summary>
    public ReadOnlySpan<byte> At(long offset, int least, int wanted)
    {
        least = (int)Math.Clamp(Length - offset, 0, least);
        if (_stop.IsCancellationRequested)
        {
            return default;
        }

        if (offset < _start || offset + least > _start + _count)
        {
            Fill(offset, (int)Math.Clamp(Length - offset, 0, Math.Max(least, wanted)));
        }

        return offset >= _start + _count ? default : _buffer.AsSpan((int)(offset - _start), (int)(_start + _count - offset));
    }

    private void Fill(long offset, int bytes)
    {
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[Math.Max(PageBytes, bytes)];
        }

        _start = offset;
        _count = 0;
        var careful = false;
        while (_count < bytes)
        {
            var at = offset + _count;
            var page = (int)Math.Min(PageBytes - (at % PageBytes), bytes - _count);
            var read = _files.Read(_handle, _buffer.AsSpan(_count, careful ? page : bytes - _count), at);
            if (read > 0)
            {
                _count += (int)read;
                continue;
            }

            if (read == -Errno.Interrupted)
            {
                continue;
            }

            if (read == 0)
            {
                break;
            }

            if (careful)
            {
                Skip(at, page);
            }

            careful = true;
        }
    }

    private void Skip(long at, int bytes)
    {
        _buffer.AsSpan(_count, bytes).Clear();
        _count += bytes;
        if (Unreadable.Count > 0 && Unreadable[^1].Offset + Unreadable[^1].Bytes == at)
        {
            Unreadable[^1] = Unreadable[^1] with { Bytes = Unreadable[^1].Bytes + bytes };
        }
        else if (!Unreadable.Exists(damage => damage.Offset <= at && damage.Offset + damage.Bytes >= at + bytes))
        {
            Unreadable.Add(new JournalDamage(DamageKind.Unreadable, at, bytes));
        }
    }
}
