using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdTracking.Testing;

/// <summary>An authority of its own, with certificates for a server and a client, in files.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly TemporaryDirectory _folder = new("tls");

    /// <summary>Makes them all.</summary>
    public TestCertificates()
    {
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ca = new CertificateRequest("CN=test authority", caKey, HashAlgorithmName.SHA256);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        Authority = ca.CreateSelfSigned(Start, Start.AddYears(100));
        File.WriteAllText(CaFile, Authority.ExportCertificatePem());
        Server = Issue("CN=broker", 1, "localhost");
        using var broker = Issue("CN=broker", 3, "localhost", IPAddress.Loopback);
        using var brokerKey = broker.GetECDsaPrivateKey()!;
        File.WriteAllText(BrokerFile, brokerKey.ExportPkcs8PrivateKeyPem() + "\n" + broker.ExportCertificatePem());
        using var client = Issue("CN=gateway", 2, dnsName: null);
        using var key = client.GetECDsaPrivateKey()!;
        File.WriteAllText(ClientFile, client.ExportCertificatePem());
        File.WriteAllText(ClientKeyFile, key.ExportPkcs8PrivateKeyPem());
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);
        File.WriteAllText(EncryptedKeyFile, key.ExportEncryptedPkcs8PrivateKeyPem("secret", encryption));
    }

    /// <summary>The authority.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The server's certificate, for localhost.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The authority's certificate.</summary>
    public string CaFile => _folder.PathOf("ca.pem");

    /// <summary>A broker's key and certificate, for localhost and 127.0.0.1.</summary>
    public string BrokerFile => _folder.PathOf("broker.pem");

    /// <summary>The client's certificate.</summary>
    public string ClientFile => _folder.PathOf("client.pem");

    /// <summary>The client's key.</summary>
    public string ClientKeyFile => _folder.PathOf("client.key");

    /// <summary>The client's key, encrypted with "secret".</summary>
    public string EncryptedKeyFile => _folder.PathOf("client-encrypted.key");

    private static DateTimeOffset Start => new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Issue(string name, byte serial, string? dnsName, IPAddress? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        if (dnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            if (address is not null)
            {
                names.AddIpAddress(address);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        using var bare = request.Create(Authority, Start, Start.AddYears(99), [serial]);
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.Exportable);
    }
}
