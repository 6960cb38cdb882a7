using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdTracking.Kafka.Authentication;
using AdTracking.Kafka.Connections;

namespace AdTracking.Emitter.Kafka;

/// <summary>TLS and authentication of our own producer, from properties with librdkafka's names.</summary>
/// <param name="Tls">TLS, or null for none.</param>
/// <param name="Sasl">Authentication, or null for none.</param>
internal sealed record ClientSecurity(TlsOptions? Tls, ISaslMechanism? Sasl)
{
    private const string TokenEndpoint = "sasl.oauthbearer.token.endpoint.url";
    private const string Kerberos = "Kerberos (GSSAPI) is not spoken here. Producer=librdkafka with a librdkafka that was built with SASL speaks it.";

    private static readonly HashSet<string> Known =
    [
        "security.protocol", "sasl.mechanism", "sasl.username", "sasl.password", "sasl.oauthbearer.method", "sasl.oauthbearer.client.id",
        "sasl.oauthbearer.client.secret", TokenEndpoint, "sasl.oauthbearer.scope", "https.ca.location", "ssl.ca.location",
        "ssl.certificate.location", "ssl.key.location", "ssl.key.password", "ssl.endpoint.identification.algorithm",
        "enable.ssl.certificate.verification",
    ];

    /// <summary>Whether a property is about security, and has a meaning here.</summary>
    public static bool Knows(string name) => Known.Contains(name);

    /// <summary>Reads the properties. Every problem is added to the list.</summary>
    public static ClientSecurity From(IReadOnlyDictionary<string, string> values, List<string> problems)
    {
        var protocol = values.GetValueOrDefault("security.protocol", "plaintext").ToLowerInvariant();
        if (protocol is not ("plaintext" or "ssl" or "sasl_plaintext" or "sasl_ssl"))
        {
            problems.Add("KafkaProperties:security.protocol: must be plaintext, ssl, sasl_plaintext or sasl_ssl.");
        }

        var tls = protocol.EndsWith("ssl", StringComparison.Ordinal)
            ? new TlsOptions(
                values.GetValueOrDefault("ssl.ca.location"), values.GetValueOrDefault("ssl.certificate.location"),
                values.GetValueOrDefault("ssl.key.location"), values.GetValueOrDefault("ssl.key.password"))
            : null;
        CheckFiles(tls, problems);
        return new ClientSecurity(tls, protocol.StartsWith("sasl", StringComparison.Ordinal) ? ReadSasl(values, problems) : null);
    }

    private static ISaslMechanism? ReadSasl(IReadOnlyDictionary<string, string> values, List<string> problems)
    {
        var name = values.GetValueOrDefault("sasl.mechanism", "GSSAPI");
        switch (name)
        {
            case "PLAIN":
                return new PlainMechanism(Required("sasl.username"), Required("sasl.password"));
            case "SCRAM-SHA-256":
                return new ScramMechanism(HashAlgorithmName.SHA256, Required("sasl.username"), Required("sasl.password"));
            case "SCRAM-SHA-512":
                return new ScramMechanism(HashAlgorithmName.SHA512, Required("sasl.username"), Required("sasl.password"));
            case "OAUTHBEARER":
                return ReadTokens(values, Required, problems) is { } tokens ? new OAuthBearerMechanism(tokens) : null;
            case "GSSAPI":
                problems.Add($"KafkaProperties:sasl.mechanism: {Kerberos}");
                return null;
            default:
                problems.Add("KafkaProperties:sasl.mechanism: must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER.");
                return null;
        }

        string Required(string property)
        {
            if (values.TryGetValue(property, out var value) && value.Length > 0)
            {
                return value;
            }

            problems.Add($"KafkaProperties:{property}: is needed with sasl.mechanism={name}.");
            return "";
        }
    }

    // Every connection reads them again; a start with files that are not there is a mistake.
    private static void CheckFiles(TlsOptions? tls, List<string> problems)
    {
        try
        {
            _ = tls?.Read("localhost");
        }
        catch (KafkaConnectionException failure)
        {
            problems.Add($"KafkaProperties: {failure.Message}");
        }
    }

    private static ITokenSource? ReadTokens(
        IReadOnlyDictionary<string, string> values, Func<string, string> required, List<string> problems)
    {
        if (values.GetValueOrDefault("sasl.oauthbearer.method") != "oidc")
        {
            problems.Add("KafkaProperties:sasl.oauthbearer.method: must be oidc with sasl.mechanism=OAUTHBEARER.");
            return null;
        }

        if (TokenFile(values) is { } file)
        {
            return new FileTokenSource(file);
        }

        var id = required("sasl.oauthbearer.client.id");
        var secret = required("sasl.oauthbearer.client.secret");
        var endpoint = required(TokenEndpoint);
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            problems.Add($"KafkaProperties:{TokenEndpoint}: must be an https address, or file:// and the path of a token.");
            return null;
        }

        return NewHttp(values, problems) is { } http
            ? new ClientCredentialsSource(http, address, id, secret, values.GetValueOrDefault("sasl.oauthbearer.scope"))
            : null;
    }

    /// <summary>The file that a token is read from, or null: Kafka's own client takes such an address of a token endpoint, too.</summary>
    public static string? TokenFile(IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(TokenEndpoint, out var text) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.IsFile
            ? address.LocalPath : null;

    private static HttpClient? NewHttp(IReadOnlyDictionary<string, string> values, List<string> problems)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (values.TryGetValue("https.ca.location", out var file))
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            try
            {
                policy.CustomTrustStore.ImportFromPemFile(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
            {
                problems.Add($"KafkaProperties:https.ca.location: cannot be read: {failure.Message}");
                return null;
            }

            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return new HttpClient(handler);
    }
}
