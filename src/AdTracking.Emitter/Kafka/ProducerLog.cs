using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka;

/// <summary>The log of one librdkafka producer, and its end before a new epoch: a line of the log, on the thread that is about to take it,
/// is the only sign of that which comes in time. A fatal error that is raised there keeps everything where it is: it is reported, and what
/// Kafka may have is settled (docs/decisions/0011).</summary>
/// <param name="levelMax">The highest syslog level that is taken: 3 errors, 4 warnings, 6 information, 7 debug.</param>
/// <param name="clock">The queue's clock.</param>
internal sealed unsafe class ProducerLog(int levelMax, Clock clock)
{
    /// <summary>The context whose lines tell of epochs; a healthy producer writes none of them.</summary>
    public const string DebugContext = "eos";

    /// <summary>Lines that nobody has taken yet; more of them are lost.</summary>
    private const int LinesMax = 256;

    private readonly ConcurrentQueue<(int Level, string Facility, string Text)> _lines = new();

    /// <summary>What the log says about retries.</summary>
    public EpochWatch Epoch { get; } = new(clock);

    /// <summary>Makes a configuration's producer write here. The handle is freed when the producer has ended.</summary>
    public static void Install(ConfigurationHandle configuration, GCHandle log)
    {
        Librdkafka.rd_kafka_conf_set_opaque(configuration, GCHandle.ToIntPtr(log));
        Librdkafka.rd_kafka_conf_set_log_cb(configuration, &OnLine);
    }

    /// <summary>The next line: its syslog level, who says it, what.</summary>
    public bool TryTake(out (int Level, string Facility, string Text) line) => _lines.TryDequeue(out line);

    // Holds no lock of librdkafka where the watch says so, and librdkafka looks for a fatal error before it sends.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLine(nint kafka, int level, byte* facility, byte* text)
    {
        if (kafka == 0 || GCHandle.FromIntPtr(Librdkafka.rd_kafka_opaque(kafka)).Target is not ProducerLog log)
        {
            return;
        }

        if (!log.Add(level, Librdkafka.Text((nint)facility), Librdkafka.Text((nint)text)))
        {
            return;
        }

        fixed (byte* reason = "a new epoch would send again what Kafka may have"u8)
        {
            _ = Librdkafka.rd_kafka_test_fatal_error(kafka, KafkaErrors.OutOfOrderSequence, reason);
        }
    }

    private bool Add(int level, string facility, string text)
    {
        if (level <= levelMax && _lines.Count < LinesMax)
        {
            _lines.Enqueue((level, facility, text));
        }

        return Epoch.Take(facility, text);
    }
}
