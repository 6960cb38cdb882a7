using AdTracking.Emitter.Inspection;

namespace AdTracking.Cli.Journals;

/// <summary>Prints an inspection, segment by segment; everything is out when it is disposed of.</summary>
internal interface IInspectionWriter : IAsyncDisposable
{
    /// <summary>Before the first segment.</summary>
    void Begin(string directory);

    /// <summary>A segment; with <paramref name="isBrief"/> without its batches and notes.</summary>
    void Write(InspectedSegment segment, bool isBrief);

    /// <summary>After the last segment.</summary>
    void End(JournalInspection inspection);
}
