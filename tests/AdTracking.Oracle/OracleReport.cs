namespace AdTracking.Oracle;

/// <summary>What came of a run. The order of keys was judged only where asked: after an outage live events may overtake older ones. An
/// accident is an exception that ended one of the oracle's own threads.</summary>
internal sealed record OracleReport(
    uint Seed,
    double Seconds,
    long Sent,
    long Promised,
    long Redirected,
    long RedirectedAndStored,
    long UnpromisedAndStored,
    long RecordsRead,
    long RecordsHeld,
    bool ReadToTheEnd,
    long Accidents,
    long Missing,
    long Spurious,
    long Corrupted,
    long Doubled,
    long Refused,
    long? OutOfOrder,
    SortedDictionary<string, long> Answers,
    IReadOnlyCollection<string> Samples)
{
    public bool IsClean => Missing == 0 && Spurious == 0 && Corrupted == 0 && Doubled == 0 && Refused == 0 && (OutOfOrder ?? 0) == 0
        && ReadToTheEnd && Accidents == 0;
}
