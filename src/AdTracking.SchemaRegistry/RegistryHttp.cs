using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AdTracking.SchemaRegistry;

/// <summary>HTTP clients for registries.</summary>
public static class RegistryHttp
{
    /// <summary>A client; the caller disposes of it.</summary>
    /// <param name="caFile">
    /// Certificates in PEM that are trusted instead of the system's: those of your own authority. Null trusts the system's.
    /// </param>
    public static HttpClient CreateClient(string? caFile = null)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false, // a registry answers itself; a redirect would take the credentials elsewhere
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // so that a changed address is noticed
        };
        if (caFile is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy(caFile) };
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }; // the options of the registry limit each request
    }

    private static X509ChainPolicy Policy(string caFile)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // authorities of one's own rarely publish lists
        };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        if (policy.CustomTrustStore.Count == 0)
        {
            throw new ArgumentException($"There is no certificate in {caFile}.", nameof(caFile));
        }

        return policy;
    }
}
