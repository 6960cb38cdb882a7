using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdTracking.SchemaRegistry.Tests;

/// <summary>TLS with an authority of one's own: trusted when its file is given, refused otherwise.</summary>
public sealed class RegistryTlsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new("tls");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Send_AuthorityInTheFile_IsTrustedOthersAreNot()
    {
        using var authority = Authority("CN=ours");
        using var other = Authority("CN=other");
        using var server = Server(authority);
        File.WriteAllText(_folder.PathOf("ours.pem"), authority.ExportCertificatePem());
        File.WriteAllText(_folder.PathOf("other.pem"), other.ExportCertificatePem());
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using CancellationTokenSource end = new();
        var serving = ServeAsync(listener, server, end.Token);

        (await SubjectsAsync(listener, _folder.PathOf("ours.pem"))).ShouldBe(["s"]);
        foreach (var file in (string?[])[_folder.PathOf("other.pem"), null])
        {
            var fault = await Should.ThrowAsync<SchemaRegistryException>(SubjectsAsync(listener, file));
            fault.Message.ShouldContain("certificate");
        }

        await end.CancelAsync();
        await serving;
    }

    [Fact]
    public void CreateClient_FileWithoutCertificates_SaysSo()
    {
        File.WriteAllText(_folder.PathOf("empty.pem"), "nothing");

        Should.Throw<ArgumentException>(() => RegistryHttp.CreateClient(_folder.PathOf("empty.pem"))).Message.ShouldContain("empty.pem");
    }

    private static async Task<IReadOnlyList<string>> SubjectsAsync(TcpListener listener, string? caFile)
    {
        using var http = RegistryHttp.CreateClient(caFile);
        var options = SchemaRegistryOptions.Of($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        return await new SchemaRegistryClient(http, options).GetSubjectsAsync();
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(end);
                await using SslStream stream = new(client.GetStream());
                await stream.AuthenticateAsServerAsync(certificate);
                _ = await stream.ReadAsync(new byte[4096], end);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n[\"s\"]"u8.ToArray(), end);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client did not trust us, or the test is over.
            }
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
    }

    private static X509Certificate2 Server(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(authority, now.AddHours(-1), now.AddDays(20), [1, 2, 3]);
        return issued.CopyWithPrivateKey(key);
    }
}
