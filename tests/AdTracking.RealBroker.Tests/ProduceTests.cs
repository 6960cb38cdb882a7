using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Producing;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;
using Confluent.Kafka;
using TopicMetadata = AdTracking.Kafka.Protocol.TopicMetadata;

namespace AdTracking.RealBroker.Tests;

/// <summary>A real broker takes what is written here, in every version that it knows, and gives it to Confluent's consumer.</summary>
[Collection(RealParts.Name)]
public sealed class ProduceTests(RealParts parts)
{
    private const int Partitions = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [RequiresFact(Tool.Kafka)]
    public async Task Produce_EveryVersionAndCompression_IsReadByAConsumer()
    {
        var cluster = await parts.KafkaAsync();
        await cluster.CreateTopicsAsync(Partitions, "first", "second");
        await using var connection = await BrokerConnection.OpenAsync(ServerAddress.ParseList(cluster.BootstrapServers)[0], new ConnectionSettings(), default);
        var (versions, _) = await BrokerHandshake.RunAsync(connection, new ConnectionSettings(), default);
        foreach (var api in Api.All.Where(api => api != Api.SaslHandshake && api != Api.SaslAuthenticate))
        {
            versions.Best(api).ShouldBe(api.Newest, $"{api.Key} of a current broker");
        }

        var topics = await MetadataAsync(connection);
        var producer = await ProducerIdAsync(connection);
        var sequence = 0;
        foreach (var compression in Enum.GetValues<RecordCompression>())
        {
            for (var version = compression == RecordCompression.Zstd ? Api.ProduceZstdFrom : Api.Produce.Oldest; version <= Api.Produce.Newest; version++)
            {
                var response = new ProduceResponse();
                var answer = await AskAsync(
                    connection, Api.Produce, version, writer => WriteProduce(writer, version, topics, compression, producer, sequence));
                response.Read(answer, version);

                response.Partitions.Count.ShouldBe(2 * Partitions);
                response.Partitions.ShouldAllBe(row => row.Error == KafkaError.None && row.BaseOffset == sequence);
                sequence += 4;
            }
        }

        var request = new ListOffsetsRequest("first", [0, 1, 2], ListOffsetsRequest.Latest);
        var offsets = ListOffsetsResponse.Read(await AskAsync(connection, Api.ListOffsets, 10, writer => request.Write(writer, 10)), 10);
        offsets.Offsets.ShouldAllBe(row => row.Error == KafkaError.None && row.Offset == sequence);
        Read(cluster.BootstrapServers, "second", partition: 1, sequence);
    }

    [RequiresFact(Tool.Kafka)]
    public async Task ProducerCore_RealBroker_DeliversEveryRecordOnce()
    {
        const int Records = 6_000;
        var cluster = await parts.KafkaAsync();
        await cluster.CreateTopicsAsync(Partitions, "third", "fourth");
        using var news = new SemaphoreSlim(0);
        var options = new ProducerOptions { BootstrapServers = ServerAddress.ParseList(cluster.BootstrapServers), Topics = ["third", "fourth"] };
        using var core = new ProducerCore(options, address => new BrokerLink(address, new ConnectionSettings(), () => news.Release()));

        var offsets = await DeliverAsync(core, news, Records);

        foreach (var (topic, name) in options.Topics.Index())
        {
            for (var partition = 0; partition < Partitions; partition++)
            {
                var settings = new ConsumerConfig { BootstrapServers = cluster.BootstrapServers, GroupId = "g" };
                using var consumer = new ConsumerBuilder<Ignore, byte[]>(settings).Build();
                consumer.Assign(new TopicPartitionOffset(name, partition, 0));
                for (var number = (topic * Partitions) + partition; number < Records; number += 2 * Partitions)
                {
                    var read = consumer.Consume(Limit).ShouldNotBeNull();
                    BitConverter.ToInt64(read.Message.Value).ShouldBe(number);
                    read.Offset.Value.ShouldBe(offsets[number]);
                }
            }
        }
    }

    [RequiresFact(Tool.Kafka)]
    public async Task IdempotentProducer_OneThreadHandsOverAnotherPolls_DeliversEveryRecordOnce()
    {
        const int Records = 20_000;
        var cluster = await parts.KafkaAsync();
        await cluster.CreateTopicsAsync(Partitions, "fifth");
        var options = new ProducerOptions { BootstrapServers = ServerAddress.ParseList(cluster.BootstrapServers), Topics = ["fifth", "absent"] };
        using var producer = new IdempotentProducer(options, new ConnectionSettings());
        var offsets = new long[Records];
        Array.Fill(offsets, -1);
        var polling = Task.Run(() => PollAll(producer, offsets));
        producer.TryRefreshMetadata((int)Limit.TotalMilliseconds).ShouldBeTrue(producer.Failure);
        (producer.PartitionCount(0), producer.PartitionCount(1)).ShouldBe((Partitions, 0));
        producer.ClusterId.ShouldNotBeNullOrEmpty();
        var values = GC.AllocateUninitializedArray<long>(Records, pinned: true);

        for (var number = 0; number < Records; number++)
        {
            HandOver(producer.HandOver, values, number, number % Partitions).ShouldBeTrue();
        }

        HandOver(producer.HandOver, values, 0, Partitions).ShouldBeFalse("no such partition");
        await polling.WaitAsync(Limit);
        GC.KeepAlive(values);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var own = offsets.Where((_, number) => number % Partitions == partition).ToList();
            own.ShouldBe(Enumerable.Range(0, own.Count).Select(offset => (long)offset));
        }
    }

    private static void PollAll(IdempotentProducer producer, long[] offsets)
    {
        var reports = new RecordReport[256];
        for (var delivered = 0; delivered < offsets.Length;)
        {
            var count = producer.Poll(reports, 200);
            producer.FatalReason.ShouldBeNull();
            delivered += count;
            foreach (var report in reports.AsSpan(0, count))
            {
                report.Outcome.ShouldBe(RecordOutcome.Delivered);
                offsets[report.Opaque].ShouldBe(-1, "one report per record");
                offsets[report.Opaque] = report.Offset;
            }
        }
    }

    // Hands over as the clock goes, and returns the offset of each record.
    private static async Task<long[]> DeliverAsync(ProducerCore core, SemaphoreSlim news, int count)
    {
        var offsets = new long[count];
        var values = GC.AllocateUninitializedArray<long>(count, pinned: true);
        var reports = new RecordReport[256];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var (handedOver, delivered) = (0, 0); delivered < count;)
        {
            clock.Elapsed.ShouldBeLessThan(Limit, core.FatalReason);
            core.Step(clock.ElapsedMilliseconds);
            for (var end = Math.Min(count, handedOver + 500); core.PartitionCount(1) == Partitions && handedOver < end; handedOver++)
            {
                var slot = handedOver % (2 * Partitions);
                HandOver((_, partition, records) => core.HandOver(slot / Partitions, partition, records), values, handedOver, slot % Partitions)
                    .ShouldBeTrue();
            }

            for (var read = core.Read(reports); read > 0; read = core.Read(reports))
            {
                foreach (var report in reports.AsSpan(0, read))
                {
                    report.Outcome.ShouldBe(RecordOutcome.Delivered);
                    offsets[report.Opaque] = report.Offset;
                    delivered++;
                }
            }

            _ = await news.WaitAsync(5);
        }

        return offsets;
    }

    private delegate bool HandOverCall(int topic, int partition, ReadOnlySpan<OutgoingRecord> records);

    private static unsafe bool HandOver(HandOverCall handOver, long[] values, int number, int partition)
    {
        values[number] = number;
        fixed (long* value = &values[number])
        {
            return handOver(0, partition, [new OutgoingRecord
            {
                KeyLength = -1,
                Value = (byte*)value, // the array is pinned for its whole life
                ValueLength = sizeof(long),
                Opaque = (ulong)number,
            }]);
        }
    }

    private static void WriteProduce(
        KafkaWriter writer, short version, IReadOnlyList<TopicMetadata> topics, RecordCompression compression, InitProducerIdResponse producer, int sequence)
    {
        var batch = SampleBatches.Write(
            compression, new BatchIdentity(producer.ProducerId, producer.ProducerEpoch, sequence), SampleBatches.Four());
        var request = new ProduceRequestWriter(writer, version, 10_000, topics.Count);
        foreach (var topic in topics)
        {
            request.BeginTopic(topic.Name, topic.Id, Partitions);
            for (var partition = 0; partition < Partitions; partition++)
            {
                request.WritePartition(partition, batch);
            }

            request.EndTopic();
        }

        request.End();
    }

    private static void Read(string servers, string topic, int partition, int count)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = servers, GroupId = "g", CheckCrcs = true }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, partition, 0));
        var written = SampleBatches.Four();
        for (var i = 0; i < count; i++)
        {
            var read = consumer.Consume(Limit).ShouldNotBeNull();
            var record = written[i % written.Length];
            read.Offset.Value.ShouldBe(i);
            read.Message.Timestamp.UnixTimestampMs.ShouldBe(record.TimestampMs);
            (read.Message.Key ?? []).ShouldBe(record.Key ?? []);
            (read.Message.Value is null).ShouldBe(record.Value is null);
            (read.Message.Value ?? []).ShouldBe(record.Value ?? []);
            read.Message.Headers.Select(header => (header.Key, Convert.ToHexString(header.GetValueBytes() ?? []))).ShouldBe(
                record.Headers.Select(header => (header.Key, Convert.ToHexString(header.Value ?? []))));
        }
    }

    private static async Task<IReadOnlyList<TopicMetadata>> MetadataAsync(BrokerConnection connection)
    {
        for (var version = Api.Metadata.Oldest; ; version++)
        {
            var asked = version;
            var response = MetadataResponse.Read(
                await AskAsync(connection, Api.Metadata, asked, writer => new MetadataRequest(["first", "second"]).Write(writer, asked)), asked);
            response.Topics.Select(topic => topic.Partitions.Count).ShouldBe([Partitions, Partitions]);
            response.Topics.ShouldAllBe(topic => topic.Error == KafkaError.None && (asked < 10 || topic.Id != Guid.Empty));
            if (version == Api.Metadata.Newest)
            {
                return response.Topics;
            }
        }
    }

    // A fresh broker has to load its coordinator first.
    private static async Task<InitProducerIdResponse> ProducerIdAsync(BrokerConnection connection)
    {
        InitProducerIdResponse response = default;
        for (var version = Api.InitProducerId.Oldest; version <= Api.InitProducerId.Newest; version++)
        {
            var asked = version;
            await Poll.UntilAsync(async () =>
            {
                response = InitProducerIdResponse.Read(
                    await AskAsync(connection, Api.InitProducerId, asked, writer => InitProducerIdRequest.Write(writer, asked)), asked);
                return response.Error == KafkaError.None;
            }, Limit, () => $"InitProducerId {asked}: {response.Error}");
        }

        return response;
    }

    private static async Task<byte[]> AskAsync(BrokerConnection connection, Api api, short version, Action<KafkaWriter> write)
    {
        using var buffer = new WireBuffer();
        write(RequestFrame.Begin(buffer, api, version, 9, "tests"));
        RequestFrame.End(buffer, 0);
        await connection.SendAsync(buffer.WrittenMemory, default);
        buffer.Clear();
        using var limit = new CancellationTokenSource(Limit);
        _ = await connection.ReceiveAsync(buffer, limit.Token);
        RequestFrame.CorrelationIdOf(buffer.Written).ShouldBe(9);
        return buffer.Written.ToArray();
    }
}
