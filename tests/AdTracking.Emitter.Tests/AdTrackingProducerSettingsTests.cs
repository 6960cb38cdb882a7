using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Kafka.Authentication;
using AdTracking.Kafka.Records;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>librdkafka's property names, as our own producer takes them.</summary>
public sealed class AdTrackingProducerSettingsTests
{
    [Fact]
    public void From_EveryProperty_IsTaken()
    {
        using var files = new TestCertificates();
        var settings = From(
            ("client.id", "edge-7"), ("compression.codec", "zstd"), ("batch.size", "200000"), ("message.max.bytes", "100000"),
            ("max.in.flight.requests.per.connection", "2"), ("socket.timeout.ms", "9000"), ("request.timeout.ms", "8000"),
            ("topic.metadata.refresh.interval.ms", "7000"), ("retry.backoff.ms", "60"), ("retry.backoff.max.ms", "600"),
            ("socket.connection.setup.timeout.ms", "5000"), ("acks", "-1"), ("enable.idempotence", "true"), ("security.protocol", "SASL_SSL"),
            ("sasl.mechanisms", "SCRAM-SHA-512"), ("sasl.username", "me"), ("sasl.password", "secret"), ("ssl.ca.location", files.CaFile),
            ("ssl.certificate.location", files.ClientFile), ("ssl.key.location", files.EncryptedKeyFile), ("ssl.key.password", "secret"),
            ("ssl.endpoint.identification.algorithm", "https"), ("enable.ssl.certificate.verification", "true"));

        settings.Producer.BootstrapServers.Select(server => $"{server}").ShouldBe(["kafka-1:9092", "[::1]:9093"]);
        settings.Producer.Topics.ShouldBe(new TopicNames().All);
        (settings.Producer.ClientId, settings.Connections.ClientId).ShouldBe(("edge-7", "edge-7"));
        (settings.Producer.Compression, settings.Producer.BatchBytesMax, settings.Producer.InFlightMax).ShouldBe((RecordCompression.Zstd, 100_000, 2));
        (settings.Producer.RequestTimeoutMs, settings.Producer.AckTimeoutMs, settings.Producer.MetadataAgeMaxMs).ShouldBe((9_000, 8_000, 7_000));
        (settings.Producer.BackoffMs, settings.Producer.BackoffMaxMs, settings.Connections.ConnectTimeoutMs).ShouldBe((60, 600, 5_000));
        settings.Connections.Tls.ShouldBe(new AdTracking.Kafka.Connections.TlsOptions(files.CaFile, files.ClientFile, files.EncryptedKeyFile, "secret"));
        settings.Connections.Sasl.ShouldBeOfType<ScramMechanism>().Name.ShouldBe("SCRAM-SHA-512");
    }

    [Fact]
    public void From_NoProperties_IsPlainAndCompresses()
    {
        var settings = From();

        (settings.Connections.Tls, settings.Connections.Sasl).ShouldBe((null, null));
        (settings.Producer.Compression, settings.Producer.InFlightMax, settings.Producer.ClientId).ShouldBe((RecordCompression.Lz4, 5, "adtracking"));
    }

    [Theory]
    [InlineData("PLAIN", "PLAIN")]
    [InlineData("SCRAM-SHA-256", "SCRAM-SHA-256")]
    public void From_MechanismWithPassword_IsTaken(string mechanism, string name) =>
        From(("security.protocol", "sasl_plaintext"), ("sasl.mechanism", mechanism), ("sasl.username", "me"), ("sasl.password", "secret"))
            .Connections.Sasl!.Name.ShouldBe(name);

    [Fact]
    public void From_OAuthBearer_FetchesTokens() => From(
            ("security.protocol", "sasl_ssl"), ("sasl.mechanism", "OAUTHBEARER"), ("sasl.oauthbearer.method", "oidc"),
            ("sasl.oauthbearer.client.id", "me"), ("sasl.oauthbearer.client.secret", "secret"), ("sasl.oauthbearer.scope", "kafka"),
            ("sasl.oauthbearer.token.endpoint.url", "https://login.example/token"))
        .Connections.Sasl!.Name.ShouldBe("OAUTHBEARER");

    [Theory]
    [InlineData("acks", "1", "must stay all")]
    [InlineData("compression.type", "gzip", "must be one of none, lz4, zstd.")]
    [InlineData("batch.size", "many", "must be 1 to 2147483647.")]
    [InlineData("max.in.flight", "6", "must be 1 to 5")]
    [InlineData("no.such.thing", "1", "this producer has no such property. Producer=librdkafka may have it.")]
    [InlineData("reconnect.backoff.ms", "100", "this producer has retry.backoff.ms for it.")]
    [InlineData("security.protocol", "telnet", "must be plaintext, ssl, sasl_plaintext or sasl_ssl.")]
    [InlineData("enable.ssl.certificate.verification", "false", "must be true: a broker's certificate is always checked.")]
    [InlineData("ssl.endpoint.identification.algorithm", "none", "must be https: a broker's certificate is always checked.")]
    public void Validate_PropertyThatCannotBe_IsRefusedWithItsReason(string name, string value, string reason)
    {
        var problem = Options((name, value)).Validate().ShouldHaveSingleItem();

        problem.ShouldStartWith($"KafkaProperties:{name}: ");
        problem.ShouldContain(reason);
    }

    [Theory]
    [InlineData("ssl.ca.location", "The TLS files cannot be read: ")]
    [InlineData("ssl.certificate.location", "The TLS files cannot be read: ")]
    public void Validate_FileThatIsNotThere_SaysSo(string name, string reason)
    {
        var problem = Options(("security.protocol", "ssl"), (name, "/no/such/file.pem")).Validate().ShouldHaveSingleItem();

        problem.ShouldStartWith($"KafkaProperties: {reason}");
        problem.ShouldContain("/no/such/file.pem");
    }

    [Fact]
    public void From_TokenInAFile_IsTaken() => From(
            ("security.protocol", "sasl_ssl"), ("sasl.mechanism", "OAUTHBEARER"), ("sasl.oauthbearer.method", "oidc"),
            ("sasl.oauthbearer.token.endpoint.url", "file:///var/run/token"))
        .Connections.Sasl!.Name.ShouldBe("OAUTHBEARER");

    [Theory]
    [InlineData("PLAIN", "sasl.username: is needed with sasl.mechanism=PLAIN.", "sasl.password: is needed with sasl.mechanism=PLAIN.")]
    [InlineData("GSSAPI", "sasl.mechanism: Kerberos (GSSAPI) is not spoken here. Producer=librdkafka with a librdkafka that was built with SASL speaks it.")]
    [InlineData("MAGIC", "sasl.mechanism: must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER.")]
    [InlineData("OAUTHBEARER", "sasl.oauthbearer.method: must be oidc with sasl.mechanism=OAUTHBEARER.")]
    public void Validate_MechanismWithoutWhatItNeeds_SaysAllThatIsMissing(string mechanism, params string[] problems) =>
        Options(("security.protocol", "sasl_ssl"), ("sasl.mechanism", mechanism)).Validate()
            .ShouldBe(problems.Select(problem => "KafkaProperties:" + problem));

    [Fact]
    public void Validate_ServersThatAreNone_SaysSo() =>
        (Options() with { BootstrapServers = "kafka:notaport" }).Validate().ShouldBe(["BootstrapServers: \"kafka:notaport\" is not host:port."]);

    private static AdTrackingProducerSettings From(params (string Name, string Value)[] properties)
    {
        var problems = new List<string>();
        var settings = AdTrackingProducerSettings.From(Options(properties).ProducerOptions, new TopicNames(), problems);
        problems.ShouldBeEmpty();
        return settings;
    }

    private static PipelineOptions Options(params (string Name, string Value)[] properties) => new()
    {
        BootstrapServers = "kafka-1,[::1]:9093",
        SchemaIds = SchemaIds.Fixed(SchemaIdTable.None),
        Producer = ProducerKind.AdTracking,
        KafkaProperties = properties.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal),
    };
}
