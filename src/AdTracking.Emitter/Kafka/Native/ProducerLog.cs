using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AdTracking.Emitter;

/// <summary>
/// The log of one librdkafka producer, and the end of a producer that is about to change its epoch. After some errors librdkafka takes a
/// new epoch by itself and sends again, under new sequence numbers, what waits for a retry: also what got into the log without an answer, and
/// Kafka cannot know that it is the same. The only sign of it that comes in time is a line of its log, on the thread that is about to do it.
/// A fatal error that is raised there keeps everything where it is: it is reported, and what Kafka may have is settled.
/// </summary>
/// <param name="levelMax">The highest syslog level that is taken: 3 errors, 4 warnings, 6 information, 7 debug.</param>
internal sealed unsafe class ProducerLog(int levelMax)
{
    /// <summary>The context whose lines tell of epochs; a healthy producer writes none of them.</summary>
    public const string DebugContext = "eos";

    /// <summary>Lines that nobody has taken yet; more of them are lost.</summary>
    private const int LinesMax = 256;

    private readonly ConcurrentQueue<(int Level, string Facility, string Text)> _lines = new();

    /// <summary>Makes a configuration's producer write here. The handle is freed when the producer has ended.</summary>
    public static void Install(ConfigurationHandle configuration, GCHandle log)
    {
        Librdkafka.rd_kafka_conf_set_opaque(configuration, GCHandle.ToIntPtr(log));
        Librdkafka.rd_kafka_conf_set_log_cb(configuration, &OnLine);
    }

    /// <summary>The next line: its syslog level, who says it, what.</summary>
    public bool TryTake(out (int Level, string Facility, string Text) line) => _lines.TryDequeue(out line);

    // ERRSEQ: a later batch was refused because an earlier one was not taken. UNKPID: Kafka has forgotten the producer. No lock of
    // librdkafka is held at either, and the epoch changes afterwards.
    private static bool PrecedesNewEpoch(ReadOnlySpan<byte> facility) => facility.SequenceEqual("ERRSEQ"u8) || facility.SequenceEqual("UNKPID"u8);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLine(nint kafka, int level, byte* facility, byte* text)
    {
        if (kafka == 0)
            return;
        if (PrecedesNewEpoch(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(facility)))
        {
            fixed (byte* reason = "a new epoch would send again what Kafka may have"u8)
                _ = Librdkafka.rd_kafka_test_fatal_error(kafka, KafkaErrors.OutOfOrderSequence, reason);
        }

        if (GCHandle.FromIntPtr(Librdkafka.rd_kafka_opaque(kafka)).Target is ProducerLog log)
            log.Add(level, facility, text);
    }

    private void Add(int level, byte* facility, byte* text)
    {
        if (level <= levelMax && _lines.Count < LinesMax)
            _lines.Enqueue((level, Librdkafka.Text((nint)facility), Librdkafka.Text((nint)text)));
    }
}
