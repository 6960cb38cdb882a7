using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Reading;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>Looks offsets up by time, also where a broker cannot.</summary>
internal static class LogTimes
{
    /// <summary>What <see cref="IKafkaLog.ListAtTime"/> does.</summary>
    public static void List(LogListing list, ReadOnlySpan<LogPartition> partitions, long unixMs, Span<long> offsets, int timeoutMs)
    {
        // The ends first: a record that comes in between must not hide below the end that stands for "none".
        var untilMs = Environment.TickCount64 + timeoutMs;
        var ends = new long[partitions.Length];
        list(partitions, ListOffsetsRequest.Latest, ends, timeoutMs);
        list(partitions, Math.Max(0, unixMs), offsets, LeftMs(untilMs));
        for (var i = 0; i < partitions.Length; i++)
        {
            if (ends[i] == LogClient.Unlisted)
            {
                offsets[i] = LogClient.Unlisted;
            }
            else if (offsets[i] == LogClient.None)
            {
                offsets[i] = NoneSince(list, partitions[i], ends[i], untilMs);
            }
        }
    }

    // No record has that timestamp or a later one; or the broker cannot look times up (the embedded Kafka), which shows in its
    // finding nothing since 1970 either. Then the log is read from its start.
    private static long NoneSince(LogListing list, LogPartition partition, long end, long untilMs)
    {
        Span<long> start = stackalloc long[1];
        Span<long> first = stackalloc long[1];
        list([partition], ListOffsetsRequest.Earliest, start, LeftMs(untilMs));
        list([partition], 0, first, LeftMs(untilMs));
        if (start[0] == LogClient.Unlisted || first[0] == LogClient.Unlisted)
        {
            return LogClient.Unlisted;
        }

        return first[0] == LogClient.None ? Math.Min(start[0], end) : end;
    }

    private static int LeftMs(long untilMs) => (int)Math.Max(0, untilMs - Environment.TickCount64);
}
