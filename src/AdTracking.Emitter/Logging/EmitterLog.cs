using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Logging;

/// <summary>Every line that this library logs. Their ids are 101 to 199 (docs/emitter.md lists them); none is about one event: those are
/// counted.</summary>
internal static partial class EmitterLog
{
    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void OptionWarning(ILogger logger, string warning);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "Not ready: {Problem}")]
    public static partial void NotReady(ILogger logger, string problem);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Events go to the journal: {Notice}")]
    public static partial void Journaling(ILogger logger, string notice);

    [LoggerMessage(EventId = 104, Level = LogLevel.Information, Message = "Ready: topics and schema ids are known.")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(EventId = 105, Level = LogLevel.Error, Message = "{Events} events were not acknowledged when the drain deadline passed.")]
    public static partial void DrainedInPart(ILogger logger, long events);

    [LoggerMessage(EventId = 106, Level = LogLevel.Error, Message = "The producer is dead and will be replaced. {Reason}")]
    public static partial void ProducerDead(ILogger logger, string reason);

    [LoggerMessage(EventId = 107, Level = LogLevel.Warning, Message = "A new Kafka producer has taken over.")]
    public static partial void ProducerReplaced(ILogger logger);

    [LoggerMessage(EventId = 108, Level = LogLevel.Error, Message = "No new Kafka producer: {Problem}")]
    public static partial void NoProducer(ILogger logger, string problem);

    [LoggerMessage(EventId = 109, Level = LogLevel.Error, Message = "{Events} events were never reported by the producer that was ended.")]
    public static partial void NeverReported(ILogger logger, int events);

    [LoggerMessage(EventId = 110, Message = "{Line}")]
    public static partial void Librdkafka(ILogger logger, LogLevel level, string line);

    [LoggerMessage(
        EventId = 111, Level = LogLevel.Information,
        Message = "Reconciliation: {Batches} batches may be in Kafka already and are looked for there.")]
    public static partial void ReconciliationBegins(ILogger logger, int batches);

    [LoggerMessage(
        EventId = 112, Level = LogLevel.Information,
        Message = "Reconciled: {Events} events of the journal were in Kafka already; the others are sent.")]
    public static partial void Reconciled(ILogger logger, long events);

    [LoggerMessage(
        EventId = 113, Level = LogLevel.Warning,
        Message = "A topic was deleted and made again: {Events} events cannot be looked for and are sent. Some may be there twice.")]
    public static partial void TopicMadeAnew(ILogger logger, int events);

    [LoggerMessage(
        EventId = 114, Level = LogLevel.Warning,
        Message = "{Topic}-{Partition}: Kafka has deleted what was sent there from offset {Offset} on; events may be there twice.")]
    public static partial void LogDeleted(ILogger logger, string topic, int partition, long offset);

    [LoggerMessage(
        EventId = 115, Level = LogLevel.Warning,
        Message = "{Topic}-{Partition} ends at {End}, below offset {Offset} that was acknowledged: events that were there are gone, and are sent "
            + "again where the journal has them.")]
    public static partial void LogCut(ILogger logger, string topic, int partition, long end, long offset);

    [LoggerMessage(EventId = 116, Level = LogLevel.Warning, Message = "The schema id cache {Path} cannot be written: {Problem}")]
    public static partial void CacheNotWritten(ILogger logger, string path, string problem);

    [LoggerMessage(EventId = 117, Level = LogLevel.Warning, Message = "The schema id cache {Path} cannot be read and is written again: {Problem}")]
    public static partial void CacheNotRead(ILogger logger, string path, string problem);

    [LoggerMessage(EventId = 118, Level = LogLevel.Information, Message = "Registered {Subject} as schema {Id}.")]
    public static partial void Registered(ILogger logger, string subject, int id);

    [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "{Line}")]
    public static partial void ConnectionBroke(ILogger logger, string line);

    [LoggerMessage(
        EventId = 119, Level = LogLevel.Warning,
        Message = "The registry does not answer; {Subject} is schema {Id}, as it said the last time.")]
    public static partial void IdFromCache(ILogger logger, string subject, int id);
}
