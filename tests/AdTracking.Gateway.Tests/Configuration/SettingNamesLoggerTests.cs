using AdTracking.Gateway.Configuration;
using Microsoft.Extensions.Logging;

namespace AdTracking.Gateway.Tests.Configuration;

public sealed partial class SettingNamesLoggerTests
{
    private readonly Lines _lines = new();

    [Fact]
    public void Log_LineThatNamesAnOption_NamesTheSettingInTextAndValues()
    {
        Sample(new SettingNamesLogger(_lines), "TickMs: is wrong.", 3);

        _lines.Written.ShouldBe([(LogLevel.Warning, 7, "Queue:BytesMax of Kafka:TickMs: is wrong. and 3")]);
        _lines.Values.ShouldContain(new KeyValuePair<string, object?>("Problem", "Kafka:TickMs: is wrong."));
        _lines.Values.ShouldContain(new KeyValuePair<string, object?>("Count", 3));
        _lines.Values.ShouldContain(new KeyValuePair<string, object?>("{OriginalFormat}", "QueueBytesMax of {Problem} and {Count}"));
    }

    [Fact]
    public void Log_StateWithoutValues_IsPassedOnAsText()
    {
        new SettingNamesLogger(_lines).Log(LogLevel.Information, new EventId(1), "JournalDirectory", null, static (state, _) => state);

        _lines.Written.ShouldBe([(LogLevel.Information, 1, "Data:Directory")]);
        _lines.Values.ShouldBeEmpty();
    }

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "QueueBytesMax of {Problem} and {Count}")]
    private static partial void Sample(ILogger logger, string problem, int count);

    private sealed class Lines : ILogger
    {
        public List<(LogLevel Level, int Id, string Text)> Written { get; } = [];

        public List<KeyValuePair<string, object?>> Values { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Written.Add((logLevel, eventId.Id, formatter(state, exception)));
            Values.AddRange((IEnumerable<KeyValuePair<string, object?>>)state!);
        }
    }
}
