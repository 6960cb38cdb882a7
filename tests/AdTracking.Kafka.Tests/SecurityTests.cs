using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>Our own producer and reader, and the look at the topics, on a real broker's protected listeners.</summary>
public sealed class SecurityTests(SecureKafka kafka) : IClassFixture<SecureKafka>
{
    private const int Events = 30;

    [RequiresTheory(Tool.Kafka)]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task Pipeline_Password_DeliversBeyondTheSessionsEnd(string mechanism) =>
        await DeliverAsync(kafka.Sasl, mechanism.ToLowerInvariant(), WithPassword(mechanism, SecureKafka.Password));

    [RequiresFact(Tool.Kafka)]
    public async Task Pipeline_TokenInAFile_DeliversBeyondTheSessionsEnd()
    {
        using var folder = new TemporaryDirectory("token");
        await File.WriteAllTextAsync(folder.PathOf("token"), Token() + "\n");
        await DeliverAsync(kafka.Sasl, "file", Properties(
            ("security.protocol", "sasl_ssl"), ("sasl.mechanism", "OAUTHBEARER"), ("sasl.oauthbearer.method", "oidc"),
            ("sasl.oauthbearer.token.endpoint.url", "file://" + folder.PathOf("token"))));
    }

    [RequiresFact(Tool.Kafka)]
    public async Task Pipeline_ClientCredentials_DeliversBeyondTheSessionsEnd()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var end = new CancellationTokenSource();
        var serving = ServeTokensAsync(listener, end.Token);
        await DeliverAsync(kafka.Sasl, "oidc", Properties(
            ("security.protocol", "sasl_ssl"), ("sasl.mechanism", "OAUTHBEARER"), ("sasl.oauthbearer.method", "oidc"),
            ("sasl.oauthbearer.client.id", "gateway"), ("sasl.oauthbearer.client.secret", "secret"), ("https.ca.location", kafka.Certificates.CaFile),
            ("sasl.oauthbearer.token.endpoint.url", $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/token")));
        await end.CancelAsync();
        await serving;
    }

    [RequiresFact(Tool.Kafka)]
    public async Task Pipeline_MutualTls_Delivers() => await DeliverAsync(kafka.MutualTls, "mutual", Properties(
        ("security.protocol", "ssl"), ("ssl.certificate.location", kafka.Certificates.ClientFile), ("ssl.key.location", kafka.Certificates.EncryptedKeyFile),
        ("ssl.key.password", "secret")));

    // What is wrong is said where an operator looks, and nothing that is secret.
    [RequiresTheory(Tool.Kafka)]
    [InlineData("PLAIN", "refuses PLAIN")]
    [InlineData("SCRAM-SHA-256", "refuses SCRAM-SHA-256")]
    public async Task Pipeline_WrongPassword_SaysWhoRefusesWhat(string mechanism, string reason) =>
        await RefusedAsync(kafka.Sasl, WithPassword(mechanism, "not it, surely"), reason);

    [RequiresFact(Tool.Kafka)]
    public async Task Pipeline_NoCertificate_IsRefused() =>
        await RefusedAsync(kafka.MutualTls, Properties(("security.protocol", "ssl")), "gone");

    [RequiresFact(Tool.Kafka)]
    public async Task Pipeline_AnotherAuthority_TrustsNoBroker()
    {
        using var others = new TestCertificates();
        var properties = WithPassword("PLAIN", SecureKafka.Password);
        properties["ssl.ca.location"] = others.CaFile;
        await RefusedAsync(kafka.Sasl, properties, "certificate");
    }

    private async Task DeliverAsync(string servers, string name, Dictionary<string, string> properties)
    {
        var topics = TopicNamesOf.Prefix($"secure.{name}.");
        var admin = new TopicAdminOptions { BootstrapServers = servers, Topics = topics, PartitionCount = 3, KafkaProperties = properties };
        var report = await TopicAdmin.EnsureAsync(admin);
        report.Problems.ShouldBeEmpty();
        report.Created.ShouldBe(topics.All, ignoreOrder: true);
        using var journal = new TemporaryDirectory("secure");
        await using var pipeline = await EventPipeline.StartAsync(Options(servers, properties) with
        {
            Topics = topics,
            Ack = AckLevel.Durable, // so that the ends of the partitions are listed through our own reader
            SyncAfterMs = 60_000,
            JournalDirectory = journal.FullPath,
        });
        for (var i = 0; i < Events; i++)
        {
            var waiter = Append(pipeline, i);
            (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored, string.Join("; ", pipeline.State.Reasons));
            waiter.Outcomes[0].Status.ShouldBe(EventOutcome.Delivered);
            pipeline.Return(waiter);
            await Task.Delay(100);
        }

        TopicReader.ReadToEnd(kafka.Open, topics.Click).Select(record => Encoding.UTF8.GetString(record.Key)).Order()
            .ShouldBe(Enumerable.Range(0, Events).Select(i => $"key-{i}").Order());
    }

    private static async Task RefusedAsync(string servers, Dictionary<string, string> properties, string reason)
    {
        await using var pipeline = await EventPipeline.StartAsync(Options(servers, properties) with { StartWait = TimeSpan.Zero });

        await Poll.UntilAsync(
            () => pipeline.State.Reasons.Any(text => text.Contains(reason, StringComparison.Ordinal)), TimeSpan.FromSeconds(30),
            () => string.Join("; ", pipeline.State.Reasons));

        pipeline.State.Reasons.ShouldAllBe(text => !text.Contains("not it", StringComparison.Ordinal));
    }

    private static PipelineOptions Options(string servers, Dictionary<string, string> properties) => new()
    {
        BootstrapServers = servers,
        SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
        QueueBytesMax = 8 * 1024 * 1024,
        RequestDeadline = TimeSpan.FromSeconds(30),
        KafkaProperties = properties,
    };

    private static DeliveryWaiter Append(EventPipeline pipeline, int number)
    {
        var group = pipeline.BeginGroup();
        group.TryBegin(EventTopic.Click, Encoding.UTF8.GetBytes($"key-{number}"), out var value).ShouldBeTrue();
        group.Commit(Encoding.UTF8.GetBytes("value", value));
        var waiter = pipeline.RentWaiter(1);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        return waiter;
    }

    private Dictionary<string, string> WithPassword(string mechanism, string password) => Properties(
        ("security.protocol", "sasl_ssl"), ("sasl.mechanism", mechanism), ("sasl.username", SecureKafka.User), ("sasl.password", password));

    private Dictionary<string, string> Properties(params (string Name, string Value)[] properties) =>
        properties.Append(("ssl.ca.location", kafka.Certificates.CaFile)).ToDictionary(StringComparer.Ordinal);

    // An unsecured token (RFC 7519, 6), which Kafka's own validator for tests takes.
    private static string Token()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return $"{Encode("{\"alg\":\"none\"}")}.{Encode($"{{\"sub\":\"{SecureKafka.User}\",\"iat\":{now},\"exp\":{now + 600}}}")}.";

        static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private async Task ServeTokensAsync(TcpListener listener, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(end);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(kafka.Certificates.Server);
                _ = await stream.ReadAsync(new byte[4_096], end);
                var body = $"{{\"access_token\":\"{Token()}\",\"token_type\":\"Bearer\",\"expires_in\":600}}";
                var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head + body), end);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
            {
                // A client that went away, or the test is over.
            }
        }
    }
}
