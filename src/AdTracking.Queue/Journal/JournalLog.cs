using Microsoft.Extensions.Logging;

namespace AdTracking.Queue.Journal;

/// <summary>Every line that the journal logs. Their ids are 201 and up; none is about one event.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "Journal: {Damage}")]
    public static partial void Damaged(ILogger logger, string damage);

    [LoggerMessage(
        EventId = 202, Level = LogLevel.Information,
        Message = "Journal: {Events} events wait in {Files} files; {InDoubt} of them are looked for in Kafka first.")]
    public static partial void Recovered(ILogger logger, long events, int files, long inDoubt);
}
