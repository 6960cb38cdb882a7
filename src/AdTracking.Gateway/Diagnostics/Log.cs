using System.Runtime.InteropServices;

namespace AdTracking.Gateway.Diagnostics;

/// <summary>Every line that the gateway logs. None of them is about one request or one event: those are counted.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information,
        Message = "AdTracking gateway {Version}, effective settings (* differs from the default):\n{Settings}")]
    public static partial void Settings(ILogger logger, string version, string settings);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void SettingsWarning(ILogger logger, string warning);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Listening on {Http}, admin on {Admin}, Kafka {Kafka}, registry {Registry}")]
    public static partial void Listening(ILogger logger, string http, string admin, string kafka, string registry);

    [LoggerMessage(
        EventId = 4, Level = LogLevel.Warning,
        Message = "The routes are open: whoever reaches the public port can send events")]
    public static partial void OpenRoutes(ILogger logger);

    [LoggerMessage(
        EventId = 5, Level = LogLevel.Information,
        Message = "Made topic {Topic} with {Partitions} partitions and the broker's default replication")]
    public static partial void TopicCreated(ILogger logger, string topic, int partitions);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void TopicWarning(ILogger logger, string warning);

    [LoggerMessage(EventId = 9, Level = LogLevel.Information, Message = "{Signal}: draining, at most {DeadlineMs} ms; a second signal ends at once")]
    public static partial void Draining(ILogger logger, PosixSignal signal, int deadlineMs);

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Drained: everything accepted is in Kafka")]
    public static partial void Drained(ILogger logger);

    [LoggerMessage(
        EventId = 11, Level = LogLevel.Error,
        Message = "Drain deadline: {Events} accepted events are not in Kafka; their requests were answered with retry or not at all")]
    public static partial void DrainedInPart(ILogger logger, long events);

    [LoggerMessage(
        EventId = 15, Level = LogLevel.Warning,
        Message = "Drain deadline: {Events} events stay in the journal; the next start on this data directory delivers them")]
    public static partial void DrainedToJournal(ILogger logger, long events);

    [LoggerMessage(
        EventId = 18, Level = LogLevel.Warning,
        Message = "The run {InstanceId} did not come to its end: the ledger marks its minutes from {From:u} to {To:u} as cut")]
    public static partial void RunCut(ILogger logger, string instanceId, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(EventId = 12, Level = LogLevel.Critical, Message = "Internal error")]
    public static partial void InternalError(ILogger logger, Exception failure);

    [LoggerMessage(
        EventId = 13, Level = LogLevel.Warning,
        Message = "Kafka and the Schema Registry are embedded: for development. Events live in this process's memory and end with it")]
    public static partial void Embedded(ILogger logger);

    [LoggerMessage(EventId = 14, Level = LogLevel.Information, Message = "Metrics go to {Endpoint} over OTLP")]
    public static partial void Otlp(ILogger logger, string endpoint);
}
