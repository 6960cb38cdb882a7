using System.Runtime.CompilerServices;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Inspection;

/// <summary>Reads a journal for an operator: opens files for reading only, takes no lock, changes nothing, and can be used while a gateway
/// writes to the directory. Segments are read one after the other, so memory stays small whatever the journal holds.</summary>
public sealed class JournalInspection : IDisposable
{
    private const int AttemptCount = 3;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);
    private readonly IJournalFiles _files;
    private readonly TimeProvider _time;
    private readonly Guid _bootId;
    private readonly List<string> _names = [];
    private readonly SegmentInspector _inspector;

    internal JournalInspection(IJournalFiles files, Guid bootId, TimeProvider time)
    {
        _files = files;
        _time = time;
        _bootId = bootId;
        var error = files.List(_names);
        if (error < 0)
        {
            throw new JournalException($"The journal's directory cannot be read: {Errno.Text(error)}.");
        }

        _inspector = new SegmentInspector(files);
        OtherFiles = [.. _names.Where(IsOther).Order(StringComparer.Ordinal)];
    }

    /// <summary>Files of the directory that belong to no segment: side files that were left behind, and what is not the journal's.</summary>
    public IReadOnlyList<string> OtherFiles { get; }

    /// <summary>The sums over what was read so far.</summary>
    public JournalTotals Totals { get; private set; } = new();

    /// <summary>Whether a segment was written by a newer version, and therefore not read.</summary>
    public bool HasNewerFormat { get; private set; }

    /// <summary>Opens the journal in a directory.</summary>
    /// <exception cref="JournalException">The directory cannot be read.</exception>
    public static JournalInspection Open(string directory, TimeProvider? time = null) =>
        new(new PosixFiles(directory), MachineBoot.ReadId(), time ?? TimeProvider.System);

    /// <summary>Reads all segments, oldest first. One that looks damaged is read again after a moment, since it may be being written; one
    /// that is deleted meanwhile is left out.</summary>
    /// <param name="checkGroups">Whether to read every group and verify its checksum, not headers alone.</param>
    /// <param name="cancellation">Ends it between two segments.</param>
    public async IAsyncEnumerable<InspectedSegment> ReadSegmentsAsync(
        bool checkGroups = true, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var name in _names.Where(name => JournalFormat.TryParseSegmentName(name, out _)).Order(StringComparer.Ordinal))
        {
            var segment = _inspector.Read(name, checkGroups, _bootId, _time.GetUtcNow());
            for (var attempt = 1; attempt < AttemptCount && segment?.Damage.Count > 0; attempt++)
            {
                await Task.Delay(BetweenAttempts, _time, cancellation);
                segment = _inspector.Read(name, checkGroups, _bootId, _time.GetUtcNow());
            }

            cancellation.ThrowIfCancellationRequested();
            if (segment is null)
            {
                continue;
            }

            Totals = Totals.Plus(segment);
            HasNewerFormat |= segment.State == JournalWords.Of(SegmentState.NewerFormat);
            yield return segment;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private bool IsOther(string name)
    {
        if (name == JournalLock.FileName || JournalFormat.TryParseSegmentName(name, out _))
        {
            return false;
        }

        return !JournalFormat.TryParseNotesName(name, out var number) || !_names.Contains(JournalFormat.SegmentName(number));
    }
}
