using AdTracking.Testing;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.Kafka.Tests;

/// <summary>A real broker that demands certificates on one listener and a password or token over TLS on another.</summary>
public sealed class SecureKafka : IAsyncLifetime
{
    public const string User = "gateway";
    public const string Password = "open, sesame";
    private const int SessionMs = 2_000;
    private const string Plain = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private const string Scram = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private const string Bearer = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    private KafkaCluster? _cluster;
    private int _port;

    /// <summary>The broker's and the client's certificates.</summary>
    public TestCertificates Certificates { get; } = new();

    /// <summary>Without any protection, to count what arrived.</summary>
    public string Open => Cluster.BootstrapServers;

    /// <summary>Takes clients with a certificate only.</summary>
    public string MutualTls => $"127.0.0.1:{_port}";

    /// <summary>TLS; takes clients that name themselves. A session ends after <see cref="SessionMs"/>.</summary>
    public string Sasl => $"127.0.0.1:{_port + 1}";

    public KafkaCluster Cluster => _cluster ?? throw new InvalidOperationException("no broker was started");

    public async ValueTask InitializeAsync()
    {
        if (Tools.Missing(Tool.Kafka) is not null)
        {
            return;
        }

        _port = FreePorts.Take(2);
        _cluster = await KafkaCluster.StartAsync(
            [$"SSL://127.0.0.1:{_port}", $"SASL_SSL://127.0.0.1:{_port + 1}"],
            "ssl.keystore.type=PEM", $"ssl.keystore.location={Certificates.BrokerFile}",
            "ssl.truststore.type=PEM", $"ssl.truststore.location={Certificates.CaFile}",
            "listener.name.ssl.ssl.client.auth=required",
            "listener.name.sasl_ssl.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER",
            $"listener.name.sasl_ssl.connections.max.reauth.ms={SessionMs}",
            $"listener.name.sasl_ssl.plain.sasl.jaas.config={Plain} required user_{User}=\"{Password}\";",
            $"listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config={Scram} required;",
            $"listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config={Scram} required;",
            $"listener.name.sasl_ssl.oauthbearer.sasl.jaas.config={Bearer} required unsecuredLoginStringClaim_sub=\"broker\";");
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Open }).Build();
        foreach (var mechanism in (ScramMechanism[])[ScramMechanism.ScramSha256, ScramMechanism.ScramSha512])
        {
            try
            {
                await admin.AlterUserScramCredentialsAsync([new UserScramCredentialUpsertion
                {
                    User = User,
                    Password = System.Text.Encoding.UTF8.GetBytes(Password),
                    Salt = System.Text.Encoding.UTF8.GetBytes("sixteen bytes !!"),
                    ScramCredentialInfo = new ScramCredentialInfo { Mechanism = mechanism, Iterations = 8_192 },
                }]);
            }
            catch (AlterUserScramCredentialsException failure)
            {
                throw new InvalidOperationException(string.Join("; ", failure.Results.Select(row => row.Error.ToString())), failure);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Certificates.Dispose();
    }
}
