using System.Text.Json;

namespace AdTracking.Testing;

/// <summary>What the oracle found: see <c>tests/AdTracking.Oracle</c>.</summary>
public sealed record OracleReport(
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
    Dictionary<string, long> Answers,
    string[] Samples,
    bool IsClean)
{
    /// <summary>Reads the line that the oracle prints.</summary>
    public static OracleReport Parse(string json) =>
        JsonSerializer.Deserialize<OracleReport>(json, JsonSerializerOptions.Web) ?? throw new JsonException(json);

    /// <inheritdoc/>
    public override string ToString() =>
        $"seed {Seed}: {Sent} sent, {Promised} promised ({Durabilities()}), {RecordsRead} of {RecordsHeld} records read"
        + $"{(ReadToTheEnd ? "" : ", not to the end")}{(Accidents == 0 ? "" : $", {Accidents} accidents")}; missing {Missing}, "
        + $"spurious {Spurious}, corrupted {Corrupted}, doubled {Doubled}, out of order {OutOfOrder?.ToString() ?? "not judged"}, refused {Refused}; "
        + $"redirects {RedirectedAndStored} stored of {Redirected}; {string.Join(", ", Answers.Select(pair => $"{pair.Key} {pair.Value}"))}"
        + string.Concat(Samples.Select(sample => $"\n  {sample}"));

    /// <summary>How the promises of batches were kept, for example <c>kafka 100, synced 20</c>.</summary>
    public string Durabilities() => string.Join(", ", Answers.Where(pair => pair.Key.StartsWith("promised as ", StringComparison.Ordinal))
        .Select(pair => $"{pair.Key["promised as ".Length..]} {pair.Value}"));
}
