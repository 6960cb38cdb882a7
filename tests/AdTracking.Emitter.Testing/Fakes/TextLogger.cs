using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Gives every line's text to the test.</summary>
internal sealed class TextLogger(Action<string> write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        write(formatter(state, exception));
}
