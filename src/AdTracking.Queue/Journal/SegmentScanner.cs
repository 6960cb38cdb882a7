using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Queue.Journal;

/// <summary>Reads the files that a start finds, many at a time: every header is a read somewhere else, after a power cut nothing is cached,
/// and a disk serves many reads at once hardly slower than one.</summary>
internal sealed class SegmentScanner(IJournalFiles files, int threads, CancellationToken stop)
{
    private int _scanned;

    /// <summary>Segments that <see cref="Scan"/> has read by now.</summary>
    public int Scanned => Volatile.Read(ref _scanned);

    /// <summary>What a start has to know of each before it goes on.</summary>
    public SegmentPeek[] Peek(string[] names) => Run(names, (name, window, cache) => SegmentReader.Peek(files, name, window, cache));

    /// <summary>All that is in them, groups unread. Without meaning once it was to stop.</summary>
    public SegmentScan[] Scan(string[] names) => Run(names, (name, window, cache) =>
    {
        var scan = SegmentReader.Scan(files, name, window, cache);
        Interlocked.Increment(ref _scanned);
        return scan;
    });

    private T[] Run<T>(string[] names, Func<string, FileWindow, MarkCache, T> read)
    {
        var results = new T[names.Length];
        var next = -1;
        var at = Math.Min(threads, names.Length);
        if (at > 1)
        {
            Task.WaitAll([.. Enumerable.Range(0, at).Select(_ => BlockingThread.RunAsync(ReadSome))], CancellationToken.None);
        }
        else
        {
            ReadSome();
        }

        return results;

        void ReadSome()
        {
            var window = new FileWindow(files, stop);
            var cache = new MarkCache();
            for (int i; (i = Interlocked.Increment(ref next)) < names.Length;)
            {
                results[i] = read(names[i], window, cache);
            }
        }
    }
}
