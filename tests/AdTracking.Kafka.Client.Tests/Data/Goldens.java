// Writes messages.txt and batches.txt with Kafka's own classes; run by hand when a version is added:
//   java -cp "$(echo $KAFKA_HOME/libs/{kafka-clients,slf4j-api,snappy-java,lz4-java,zstd-jni}*.jar | tr ' ' ':')" Goldens.java messages > messages.txt
//   java -cp ... Goldens.java batches > batches.txt
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.*;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.*;

public class Goldens {
    static final Uuid ID = new Uuid(0x0102030405060708L, 0x1112131415161718L);

    static void write(String name, Message message, int version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, (short) version));
        message.write(new ByteBufferAccessor(buffer), cache, (short) version);
        System.out.println(name + " " + version + " " + HexFormat.of().formatHex(buffer.array()));
    }

    static void messages() {
        for (int v = 1; v <= 2; v++) {
            write("RequestHeader", new RequestHeaderData().setRequestApiKey((short) 3).setRequestApiVersion((short) 9).setCorrelationId(77).setClientId("gateway-1"), v);
        }
        for (int v = 0; v <= 4; v++) {
            ApiVersionsRequestData request = new ApiVersionsRequestData();
            if (v >= 3) request.setClientSoftwareName("adtracking").setClientSoftwareVersion("0.1.0");
            write("ApiVersionsRequest", request, v);
            ApiVersionsResponseData response = new ApiVersionsResponseData();
            response.apiKeys().add(new ApiVersionsResponseData.ApiVersion().setApiKey((short) 0).setMinVersion((short) 0).setMaxVersion((short) 11));
            response.apiKeys().add(new ApiVersionsResponseData.ApiVersion().setApiKey((short) 3).setMinVersion((short) 0).setMaxVersion((short) 99));
            response.apiKeys().add(new ApiVersionsResponseData.ApiVersion().setApiKey((short) 22).setMinVersion((short) 6).setMaxVersion((short) 7));
            if (v >= 1) response.setThrottleTimeMs(5);
            if (v >= 3) {
                response.supportedFeatures().add(new ApiVersionsResponseData.SupportedFeatureKey().setName("metadata.version").setMinVersion((short) 1).setMaxVersion((short) 25));
                response.setFinalizedFeaturesEpoch(9);
            }
            write("ApiVersionsResponse", response, v);
        }
        for (int v = 1; v <= 13; v++) {
            MetadataRequestData request = new MetadataRequestData().setTopics(List.of(
                new MetadataRequestData.MetadataRequestTopic().setName("ad.click"), new MetadataRequestData.MetadataRequestTopic().setName("ad.impression")));
            if (v >= 4) request.setAllowAutoTopicCreation(false);
            write("MetadataRequest", request, v);
            MetadataResponseData response = new MetadataResponseData().setControllerId(2).setClusterId("abc").setThrottleTimeMs(7);
            response.brokers().add(new MetadataResponseData.MetadataResponseBroker().setNodeId(1).setHost("kafka-1").setPort(9092).setRack("a"));
            response.brokers().add(new MetadataResponseData.MetadataResponseBroker().setNodeId(2).setHost("::1").setPort(9093).setRack(null));
            response.topics().add(new MetadataResponseData.MetadataResponseTopic().setName("ad.click").setTopicId(v >= 10 ? ID : Uuid.ZERO_UUID).setPartitions(List.of(
                new MetadataResponseData.MetadataResponsePartition().setPartitionIndex(0).setLeaderId(1).setLeaderEpoch(v >= 7 ? 4 : -1)
                    .setReplicaNodes(List.of(1, 2)).setIsrNodes(List.of(1)).setOfflineReplicas(v >= 5 ? List.of(2) : List.of()),
                new MetadataResponseData.MetadataResponsePartition().setErrorCode((short) 5).setPartitionIndex(1).setLeaderId(-1))));
            response.topics().add(new MetadataResponseData.MetadataResponseTopic().setErrorCode((short) 3).setName("ad.impression"));
            if (v >= 13) response.setErrorCode((short) 129);
            write("MetadataResponse", response, v);
        }
        for (int v = 0; v <= 5; v++) {
            write("InitProducerIdRequest", new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(60000), v);
            write("InitProducerIdResponse", new InitProducerIdResponseData().setThrottleTimeMs(3).setErrorCode((short) 14).setProducerId(4711).setProducerEpoch((short) 2), v);
        }
        write("SaslHandshakeRequest", new SaslHandshakeRequestData().setMechanism("SCRAM-SHA-256"), 1);
        write("SaslHandshakeResponse", new SaslHandshakeResponseData().setErrorCode((short) 33).setMechanisms(List.of("PLAIN", "OAUTHBEARER")), 1);
        for (int v = 0; v <= 2; v++) {
            write("SaslAuthenticateRequest", new SaslAuthenticateRequestData().setAuthBytes(new byte[] {0, 1, 2}), v);
            write("SaslAuthenticateResponse", new SaslAuthenticateResponseData().setErrorCode((short) 58).setErrorMessage("no").setAuthBytes(new byte[] {9, 8})
                .setSessionLifetimeMs(v >= 1 ? 3600000 : 0), v);
        }
        for (int v = 1; v <= 10; v++) {
            write("ListOffsetsRequest", new ListOffsetsRequestData().setReplicaId(-1).setTimeoutMs(v >= 10 ? 30000 : 0).setTopics(List.of(
                new ListOffsetsRequestData.ListOffsetsTopic().setName("ad.click").setPartitions(List.of(
                    new ListOffsetsRequestData.ListOffsetsPartition().setPartitionIndex(0).setTimestamp(-1),
                    new ListOffsetsRequestData.ListOffsetsPartition().setPartitionIndex(7).setTimestamp(-1))))), v);
            write("ListOffsetsResponse", new ListOffsetsResponseData().setThrottleTimeMs(v >= 2 ? 6 : 0).setTopics(List.of(
                new ListOffsetsResponseData.ListOffsetsTopicResponse().setName("ad.click").setPartitions(List.of(
                    new ListOffsetsResponseData.ListOffsetsPartitionResponse().setPartitionIndex(0).setOffset(1234567890123L).setLeaderEpoch(v >= 4 ? 3 : -1),
                    new ListOffsetsResponseData.ListOffsetsPartitionResponse().setPartitionIndex(7).setErrorCode((short) 6))))), v);
        }
        for (int v = 3; v <= 13; v++) {
            produce(v);
        }
        for (int v = 4; v <= 16; v++) {
            fetch(v);
        }
    }

    static void fetch(int v) {
        FetchRequestData request = new FetchRequestData().setMaxWaitMs(100).setMinBytes(1).setMaxBytes(4194304).setTopics(List.of(
            new FetchRequestData.FetchTopic().setTopic(v >= 13 ? "" : "ad.click").setTopicId(v >= 13 ? ID : Uuid.ZERO_UUID).setPartitions(List.of(
                new FetchRequestData.FetchPartition().setPartition(7).setFetchOffset(1234567890123L).setPartitionMaxBytes(4194304)))));
        write("FetchRequest", request, v);
        FetchResponseData response = new FetchResponseData().setThrottleTimeMs(8).setResponses(List.of(
            new FetchResponseData.FetchableTopicResponse().setTopic(v >= 13 ? "" : "ad.click").setTopicId(v >= 13 ? ID : Uuid.ZERO_UUID).setPartitions(List.of(
                new FetchResponseData.PartitionData().setPartitionIndex(7).setHighWatermark(1234567890200L).setLastStableOffset(1234567890190L)
                    .setAbortedTransactions(List.of(new FetchResponseData.AbortedTransaction().setProducerId(3).setFirstOffset(4)))
                    .setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5})))))));
        write("FetchResponse", response, v);
        response.responses().get(0).partitions().get(0).setErrorCode((short) 6).setHighWatermark(-1).setAbortedTransactions(null).setRecords(null);
        write("FetchErrorResponse", response, v);
    }

    static void produce(int v) {
        ProduceRequestData request = new ProduceRequestData().setTransactionalId(null).setAcks((short) -1).setTimeoutMs(30000);
        for (String topic : List.of("ad.click", "ad.impression")) {
            request.topicData().add(new ProduceRequestData.TopicProduceData().setName(topic)
                .setTopicId(v >= 13 ? topic.equals("ad.click") ? ID : new Uuid(5, 6) : Uuid.ZERO_UUID).setPartitionData(List.of(
                    new ProduceRequestData.PartitionProduceData().setIndex(0).setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(new byte[] {1, 2, 3}))),
                    new ProduceRequestData.PartitionProduceData().setIndex(300).setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(new byte[130]))))));
        }
        write("ProduceRequest", request, v);
        ProduceResponseData response = new ProduceResponseData().setThrottleTimeMs(250);
        ProduceResponseData.PartitionProduceResponse good = new ProduceResponseData.PartitionProduceResponse().setIndex(0).setBaseOffset(1L << 40).setLogAppendTimeMs(-1);
        ProduceResponseData.PartitionProduceResponse bad = new ProduceResponseData.PartitionProduceResponse().setIndex(300).setErrorCode((short) 87).setBaseOffset(-1);
        ProduceResponseData.PartitionProduceResponse moved = new ProduceResponseData.PartitionProduceResponse().setIndex(2).setErrorCode((short) 6).setBaseOffset(-1);
        if (v >= 5) good.setLogStartOffset(17);
        if (v >= 8) bad.setErrorMessage("One or more records").setRecordErrors(List.of(
            new ProduceResponseData.BatchIndexAndErrorMessage().setBatchIndex(1).setBatchIndexErrorMessage("no key"),
            new ProduceResponseData.BatchIndexAndErrorMessage().setBatchIndex(3)));
        if (v >= 10) {
            moved.setCurrentLeader(new ProduceResponseData.LeaderIdAndEpoch().setLeaderId(3).setLeaderEpoch(8));
            response.nodeEndpoints().add(new ProduceResponseData.NodeEndpoint().setNodeId(3).setHost("kafka-3").setPort(9095).setRack("b"));
        }
        response.responses().add(new ProduceResponseData.TopicProduceResponse().setName("ad.click").setTopicId(v >= 13 ? ID : Uuid.ZERO_UUID)
            .setPartitionResponses(List.of(good, bad)));
        response.responses().add(new ProduceResponseData.TopicProduceResponse().setName("ad.impression").setTopicId(v >= 13 ? new Uuid(5, 6) : Uuid.ZERO_UUID)
            .setPartitionResponses(List.of(moved)));
        write("ProduceResponse", response, v);
    }

    static byte[] many(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) (i * 7 + seed);
        return bytes;
    }

    static void batches() {
        SimpleRecord[] records = {
            new SimpleRecord(1700000000000L, "key".getBytes(), "value".getBytes()),
            new SimpleRecord(1700000000123L, null, "".getBytes()),
            new SimpleRecord(1699999990000L, "".getBytes(), null),
            new SimpleRecord(1700000100000L, many(200, 1), many(20000, 2), new Header[] {
                new RecordHeader("trace", "ab".getBytes()), new RecordHeader("empty", new byte[0]), new RecordHeader("none", null), new RecordHeader("trace", many(70, 3))}),
        };
        MemoryRecords batch = MemoryRecords.withIdempotentRecords(RecordBatch.MAGIC_VALUE_V2, 0, Compression.NONE, 4711L, (short) 3, 2147483646, -1, records);
        System.out.println("four " + HexFormat.of().formatHex(bytes(batch)));
        for (String kind : List.of("gzip", "snappy", "lz4", "zstd")) {
            MemoryRecords packed = MemoryRecords.withIdempotentRecords(RecordBatch.MAGIC_VALUE_V2, 0, Compression.of(kind).build(), 4711L, (short) 3, 2147483646, -1, records);
            System.out.println(kind + " " + HexFormat.of().formatHex(bytes(packed)));
        }
        System.out.println("marker " + HexFormat.of().formatHex(bytes(
            MemoryRecords.withEndTransactionMarker(40L, 1700000000000L, -1, 4711L, (short) 3, new EndTransactionMarker(ControlRecordType.COMMIT, 0)))));
        SimpleRecord[] single = {new SimpleRecord(0, (byte[]) null, (byte[]) null)};
        System.out.println("single " + HexFormat.of().formatHex(bytes(
            MemoryRecords.withRecords(RecordBatch.MAGIC_VALUE_V2, 0, Compression.NONE, TimestampType.CREATE_TIME, -1L, (short) -1, -1, -1, false, single))));
    }

    static byte[] bytes(MemoryRecords records) {
        byte[] bytes = new byte[records.sizeInBytes()];
        records.buffer().duplicate().get(bytes);
        return bytes;
    }

    public static void main(String[] arguments) {
        if (arguments[0].equals("messages")) messages(); else batches();
    }
}
