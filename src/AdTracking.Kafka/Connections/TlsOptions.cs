using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdTracking.Kafka.Connections;

/// <summary>TLS to brokers. The broker's certificate and name are always checked.</summary>
/// <param name="CaFile">Certificates (PEM) to trust in place of the system's, or null.</param>
/// <param name="CertificateFile">The client's certificate (PEM, followed by those that lead to its root), or null.</param>
/// <param name="KeyFile">Its key (PEM), or null when it is in the same file.</param>
/// <param name="KeyPassword">The key's password, or null.</param>
public sealed record TlsOptions(string? CaFile = null, string? CertificateFile = null, string? KeyFile = null, string? KeyPassword = null)
{
    /// <summary>Reads the files: every connection does, so that renewed ones are used from then on.</summary>
    /// <exception cref="KafkaConnectionException">A file cannot be read.</exception>
    internal SslClientAuthenticationOptions Read(string host)
    {
        try
        {
            return new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = CaFile is null ? null : TrustOnly(CaFile),
                ClientCertificateContext = CertificateFile is null ? null : ReadClientCertificate(CertificateFile),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new KafkaConnectionException($"The TLS files cannot be read: {failure.Message}", failure);
        }
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException($"{file} contains no certificate");
    }

    private SslStreamCertificateContext ReadClientCertificate(string file)
    {
        var certificate = KeyPassword is null
            ? X509Certificate2.CreateFromPemFile(file, KeyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(file, KeyPassword, KeyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
