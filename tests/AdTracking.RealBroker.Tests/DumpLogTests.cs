using System.Buffers.Binary;
using AdTracking.Kafka.Records;

namespace AdTracking.RealBroker.Tests;

/// <summary>Kafka's own tool reads what is written here.</summary>
public sealed class DumpLogTests
{
    [RequiresFact(Tool.Kafka)]
    public async Task DumpLog_SegmentOfOurBatches_IsReadWhole()
    {
        using var folder = new TemporaryDirectory("dump");
        var segment = folder.PathOf("00000000000000000000.log");
        var offset = 0L;
        await using (var file = File.Create(segment))
        {
            foreach (var compression in (RecordCompression[])[RecordCompression.None, RecordCompression.Lz4, RecordCompression.Zstd])
            {
                var batch = SampleBatches.Write(compression, new BatchIdentity(4711, 3, (int)offset), SampleBatches.Four());
                BinaryPrimitives.WriteInt64BigEndian(batch, offset); // as a broker does; the check value does not cover it
                await file.WriteAsync(batch);
                offset += 4;
            }
        }

        var outcome = await ToolProcess.RunAsync(
            Path.Combine(Tools.KafkaHome!, "bin", "kafka-dump-log.sh"),
            ["--files", segment, "--print-data-log", "--deep-iteration"],
            TimeSpan.FromSeconds(120));

        var lines = outcome.Succeeded("kafka-dump-log").Output.Split('\n');
        var batches = lines.Where(line => line.StartsWith("baseOffset:", StringComparison.Ordinal)).ToArray();
        batches.Length.ShouldBe(3);
        batches.ShouldAllBe(line => line.Contains("isvalid: true") && line.Contains("producerId: 4711 producerEpoch: 3") && line.Contains("count: 4"));
        batches.Select(line => line.Split("compresscodec: ")[1].Split(' ')[0]).ShouldBe(["none", "lz4", "zstd"]);
        batches.Select(line => line.Split("baseSequence: ")[1].Split(' ')[0]).ShouldBe(["0", "4", "8"]);
        var records = lines.Where(line => line.StartsWith("| offset:", StringComparison.Ordinal)).ToArray();
        records.Length.ShouldBe(12);
        records.Count(line => line.EndsWith("key: key payload: value", StringComparison.Ordinal)).ShouldBe(3);
        records.Count(line => line.Contains("valueSize: 20000 ") && line.Contains("headerKeys: [trace,empty,none,trace]")).ShouldBe(3);
    }
}
