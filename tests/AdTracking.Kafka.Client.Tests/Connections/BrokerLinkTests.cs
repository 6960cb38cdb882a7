using System.Net.Security;
using System.Security.Cryptography;
using AdTracking.Kafka.Authentication;
using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Connections;

/// <summary>Real sockets, real TLS.</summary>
public sealed class BrokerLinkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(0)]
    public async Task Send_ManyRequests_AreAnsweredInOrder(short newestApiVersions)
    {
        await using var broker = new SocketBroker { NewestApiVersions = newestApiVersions }.Start();

        (await ExchangeAsync(broker, new ConnectionSettings(), 1_000)).ShouldBeNull();
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    [InlineData("OAUTHBEARER")]
    public async Task Open_EveryMechanism_LetsInWhoKnowsThePassword(string mechanism)
    {
        const string Password = "p=ss,wörd";
        var secret = mechanism == "OAUTHBEARER" ? "token" : Password;
        await using var broker = new SocketBroker { Sasl = () => new SaslServer(mechanism, "us=er,ä", secret) }.Start();

        (await ExchangeAsync(broker, new ConnectionSettings { Sasl = Mechanism(mechanism, secret) }, 3)).ShouldBeNull();

        var refusal = await ExchangeAsync(broker, new ConnectionSettings { Sasl = Mechanism(mechanism, "wrong") }, 1);
        refusal.ShouldNotBeNull().ShouldContain($"refuses {mechanism}: not you");
        refusal.ShouldNotContain("wrong");
    }

    [Fact]
    public async Task Open_OtherMechanism_SaysWhichOnesThereAre()
    {
        await using var broker = new SocketBroker { Sasl = () => new SaslServer("SCRAM-SHA-512", "a", "b") }.Start();

        (await ExchangeAsync(broker, new ConnectionSettings { Sasl = new PlainMechanism("a", "b") }, 1)).ShouldNotBeNull()
            .ShouldContain("does not take PLAIN; it takes SCRAM-SHA-512");
    }

    [Fact]
    public async Task Open_Tls_ChecksAuthorityAndName()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        await using var broker = new SocketBroker { Tls = new SslServerAuthenticationOptions { ServerCertificate = certificates.Server } }.Start();

        (await ExchangeAsync(broker, new ConnectionSettings { Tls = new TlsOptions(certificates.CaFile) }, 50)).ShouldBeNull();
        (await ExchangeAsync(broker, new ConnectionSettings { Tls = new TlsOptions(others.CaFile) }, 1)).ShouldNotBeNull().ShouldContain("certificate");
        (await ExchangeAsync(broker, new ConnectionSettings { Tls = new TlsOptions() }, 1)).ShouldNotBeNull().ShouldContain("certificate");
        (await ExchangeAsync(broker, new ConnectionSettings { Tls = new TlsOptions(certificates.CaFile) }, 1, host: "127.0.0.1"))
            .ShouldNotBeNull().ShouldContain("RemoteCertificateNameMismatch");
        (await ExchangeAsync(broker, new ConnectionSettings { Tls = new TlsOptions("/nowhere/ca.pem") }, 1)).ShouldNotBeNull().ShouldContain("TLS files");
    }

    [Fact]
    public async Task Open_MutualTls_ShowsTheClientsCertificate()
    {
        using var certificates = new TestCertificates();
        var seen = 0;
        await using var broker = new SocketBroker
        {
            Tls = new SslServerAuthenticationOptions
            {
                ServerCertificate = certificates.Server,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    var isOurs = certificate?.Subject == "CN=gateway";
                    _ = isOurs ? Interlocked.Increment(ref seen) : 0;
                    return isOurs;
                },
            },
        }.Start();
        var plainKey = new TlsOptions(certificates.CaFile, certificates.ClientFile, certificates.ClientKeyFile);
        var encryptedKey = new TlsOptions(certificates.CaFile, certificates.ClientFile, certificates.EncryptedKeyFile, "secret");

        (await ExchangeAsync(broker, new ConnectionSettings { Tls = plainKey }, 2)).ShouldBeNull();
        (await ExchangeAsync(broker, new ConnectionSettings { Tls = encryptedKey }, 2)).ShouldBeNull();
        (await ExchangeAsync(broker, new ConnectionSettings { Tls = new TlsOptions(certificates.CaFile) }, 1)).ShouldNotBeNull();
        (await ExchangeAsync(broker, new ConnectionSettings { Tls = encryptedKey with { KeyPassword = "other" } }, 1)).ShouldNotBeNull();
        seen.ShouldBe(2);
    }

    [Fact]
    public async Task Open_SilentBroker_EndsInTime()
    {
        await using var broker = new SocketBroker { IsSilent = true }.Start();

        (await ExchangeAsync(broker, new ConnectionSettings { ConnectTimeoutMs = 200 }, 1)).ShouldNotBeNull().ShouldContain("took too long");
    }

    [Fact]
    public async Task Open_NobodyListens_IsBroken() =>
        (await ExchangeAsync(new ServerAddress("localhost", FreePorts.Take(1)), new ConnectionSettings(), 1)).ShouldNotBeNull().ShouldContain("No connection");

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("0000000A01")]
    [InlineData("7FFFFFFF00000000")]
    [InlineData("FFFFFFFF")]
    [InlineData("00000003000000")]
    public async Task Receive_TornOrHostileAnswer_BreaksTheLink(string hex)
    {
        await using var broker = new SocketBroker { InsteadOfAnAnswer = Convert.FromHexString(hex) }.Start();

        (await ExchangeAsync(broker, new ConnectionSettings(), 1)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Session_LimitedTime_EndsTheLinkBefore()
    {
        await using var broker = new SocketBroker { Sasl = () => new SaslServer("PLAIN", "a", "b"), SessionMs = 300 }.Start();
        using var link = new BrokerLink(broker.Address, new ConnectionSettings { Sasl = new PlainMechanism("a", "b") }, () => { });

        await link.Completion.WaitAsync(Limit);

        (link.State, link.Failure).ShouldBe((LinkState.Broken, $"The session with {broker.Address} has come to its end."));
    }

    [Fact]
    public async Task Dispose_OpenLink_EndsItsTasks()
    {
        await using var broker = new SocketBroker().Start();
        var link = new BrokerLink(broker.Address, new ConnectionSettings(), () => { });

        link.Dispose();

        await link.Completion.WaitAsync(Limit);
        link.State.ShouldBe(LinkState.Broken);
        link.Send([1, 2, 3]);
    }

    private static ISaslMechanism Mechanism(string name, string secret) => name switch
    {
        "PLAIN" => new PlainMechanism("us=er,ä", secret),
        "SCRAM-SHA-256" => new ScramMechanism(HashAlgorithmName.SHA256, "us=er,ä", secret),
        "SCRAM-SHA-512" => new ScramMechanism(HashAlgorithmName.SHA512, "us=er,ä", secret),
        _ => new OAuthBearerMechanism(new FixedToken(secret)),
    };

    private static Task<string?> ExchangeAsync(SocketBroker broker, ConnectionSettings settings, int requests, string? host = null) =>
        ExchangeAsync(host is null ? broker.Address : broker.Address with { Host = host }, settings, requests);

    // Sends that many requests and reads their answers; returns null, or why the link broke.
    private static async Task<string?> ExchangeAsync(ServerAddress address, ConnectionSettings settings, int requests)
    {
        using var news = new SemaphoreSlim(0);
        using var link = new BrokerLink(address, settings, () => news.Release());
        using var buffer = new WireBuffer();
        var sent = 0;
        var received = 0;
        while (received < requests)
        {
            (await news.WaitAsync(Limit)).ShouldBeTrue("nothing happens any more");
            if (link.State == LinkState.Broken)
            {
                return link.Failure.ShouldNotBeNull();
            }

            for (; link.State == LinkState.Ready && sent < requests; sent++)
            {
                buffer.Clear();
                InitProducerIdRequest.Write(RequestFrame.Begin(buffer, Api.InitProducerId, 4, sent, null), 4);
                RequestFrame.End(buffer, 0);
                link.Send(buffer.Written);
            }

            buffer.Clear();
            for (; link.TryReceive(buffer); buffer.Clear())
            {
                InitProducerIdResponse.Read(buffer.Written, 4).ProducerId.ShouldBe(received++);
            }
        }

        link.Dispose();
        await link.Completion.WaitAsync(Limit);
        return null;
    }
}
