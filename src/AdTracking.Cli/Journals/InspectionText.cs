using System.Text;
using AdTracking.Emitter.Inspection;

namespace AdTracking.Cli.Journals;

/// <summary>Lines for people.</summary>
internal sealed class InspectionText(Stream output) : IInspectionWriter
{
    private readonly StreamWriter _text = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true);

    /// <inheritdoc/>
    public void Begin(string directory) => _text.WriteLine($"journal {Path.GetFullPath(directory)}");

    /// <inheritdoc/>
    public void Write(InspectedSegment segment, bool isBrief)
    {
        _text.Write($"{segment.Name}  {segment.State}, {segment.UsedBytes} of {segment.Bytes} bytes, {segment.Batches.Count} batches, ");
        _text.Write($"{segment.Batches.Sum(batch => (long)batch.Events)} events, {segment.Notes.Count} notes");
        _text.WriteLine(segment.Created is { } created ? $", made {created:u}, {Age(segment.AgeSeconds ?? 0)} ago" : "");
        if (!isBrief)
        {
            foreach (var batch in segment.Batches)
            {
                Write(batch);
            }

            foreach (var note in segment.Notes)
            {
                Write(note);
            }
        }

        if (segment.LostBatchEvents > 0)
        {
            _text.WriteLine($"  LOST    {segment.LostBatchEvents} events of batches that are not there any more");
        }

        foreach (var damage in segment.Damage)
        {
            _text.WriteLine($"  DAMAGE  {damage.File} {damage.Kind} at {damage.Offset}, {damage.Bytes} bytes. {damage.Says}");
        }
    }

    /// <inheritdoc/>
    public void End(JournalInspection inspection)
    {
        foreach (var name in inspection.OtherFiles)
        {
            _text.WriteLine($"{name}  belongs to no segment");
        }

        var totals = inspection.Totals;
        _text.Write($"total  {totals.Segments} segments, {totals.Bytes} bytes, {totals.ShippingBatches} shipping and {totals.WaitingBatches} waiting ");
        _text.Write($"batches, {totals.Groups} groups, {totals.Events} events, {totals.Notes} notes");
        _text.WriteLine(totals.OldestAgeSeconds is { } age ? $", oldest batch {Age(age)} old" : "");
        if (totals.Damage > 0 || totals.MissingEvents > 0)
        {
            _text.WriteLine($"damaged  in {totals.Damage} places, {totals.MissingEvents} events missing");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _text.DisposeAsync();

    private void Write(InspectedBatch batch)
    {
        _text.Write($"  batch   {batch.Id} at {batch.Offset}, {batch.Bytes} bytes, {batch.Kind}{(batch.Rewritten ? ", written anew" : "")}, ");
        _text.Write($"{batch.Groups} groups, {batch.Events} events");
        if (batch.MissingEvents > 0)
        {
            _text.Write($" ({batch.MissingEvents} MISSING)");
        }

        _text.Write($", {Age(batch.AgeSeconds)} old, {(batch.ThisBoot ? "this boot" : "an earlier boot")}");
        _text.Write($", cluster {(batch.ClusterId.Length == 0 ? "unknown" : batch.ClusterId)}, mark ");
        WriteMark(batch.Mark);
    }

    private void Write(InspectedNote note)
    {
        _text.Write($"  note    {note.BatchId} perhaps handed over since {Age(note.AgeSeconds)}, {(note.ThisBoot ? "this boot" : "an earlier boot")}, mark ");
        if (note.Mark is null)
        {
            _text.WriteLine("as the batch's");
        }
        else
        {
            WriteMark(note.Mark);
        }
    }

    private void WriteMark(IReadOnlyList<InspectedTopicMark> mark)
    {
        _text.WriteLine(mark.Count == 0 ? "none" : string.Join("; ", mark.Select(topic => topic.Known == 0
            ? $"{topic.Topic} unknown"
            : $"{topic.Topic} {topic.Lowest}..{topic.Highest} in {topic.Known} of {topic.Partitions} partitions")));
    }

    private static string Age(long seconds) => seconds switch
    {
        < 0 => $"{seconds} s (the clock went back)",
        < 120 => $"{seconds} s",
        < 7200 => $"{seconds / 60} min",
        < 172_800 => $"{seconds / 3600} h",
        _ => $"{seconds / 86_400} days",
    };
}
