using System.Diagnostics.Tracing;

namespace AdTracking.Hosts.Tests;

/// <summary>Counts the large arrays that are rented from the shared pool and not given back, in the whole process.</summary>
internal sealed class LargeBuffers(int bytesMin) : EventListener
{
    private int _rented;
    private int _returned;

    /// <summary>Arrays that were rented.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>Those of them that were not given back yet.</summary>
    public int Held => Rented - Volatile.Read(ref _returned);

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The second value is the array's size, in these two events.
        if (eventData is not { EventName: "BufferRented" or "BufferReturned", Payload: [_, int bytes, ..] } || bytes < bytesMin)
        {
            return;
        }

        Interlocked.Increment(ref eventData.EventName == "BufferRented" ? ref _rented : ref _returned);
    }
}
