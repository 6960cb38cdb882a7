using System.Collections;

namespace AdTracking.Gateway.Configuration;

/// <summary>The logger that the gateway gives to its libraries: lines that name options of the library name the gateway's settings, in the text and
/// in the values.</summary>
internal sealed class SettingNamesLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = new Line(SettingNames.Translate(formatter(state, exception)), state as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
        inner.Log(logLevel, eventId, line, exception, static (line, _) => line.ToString());
    }

    private sealed class Line(string text, IReadOnlyList<KeyValuePair<string, object?>> values) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => values.Count;

        public KeyValuePair<string, object?> this[int index] =>
            values[index] is { Value: string value, Key: not "{OriginalFormat}" } named ? new(named.Key, SettingNames.Translate(value)) : values[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => text;
    }
}
