using System.Net;
using System.Net.Sockets;
using AdTracking.Gateway.Backends;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Storage;
using AdTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Gateway.Tests.Backends;

/// <summary>Why the embedded registry does not start, in the words and the exit codes of the gateway.</summary>
public sealed class RegistryBackendTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new("backend");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Start_FileThatCannotBeRead_IsTheDataDirectorysFault()
    {
        using var directory = DataDirectory.Open(_temporary.PathOf("data"));
        Directory.CreateDirectory(directory.RegistryPath);
        File.WriteAllText(Path.Combine(directory.RegistryPath, "schemas.json"), "{");

        var refusal = await RefusalAsync(new GatewayOptions(), directory);

        refusal.Code.ShouldBe(ExitCode.DataDirectory);
        refusal.Message.ShouldStartWith("The embedded registry cannot read its file: ");
        refusal.Message.ShouldContain("schemas.json");
    }

    [Fact]
    public async Task Start_PortOfAnother_NamesTheSetting()
    {
        using var directory = DataDirectory.Open(_temporary.PathOf("data"));
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refusal = await RefusalAsync(new GatewayOptions { Registry = { EmbeddedPort = port } }, directory);

        refusal.Code.ShouldBe(ExitCode.Configuration);
        refusal.Message.ShouldBe($"Cannot listen on 127.0.0.1:{port}: Address already in use. Choose another with --Registry:EmbeddedPort=");
    }

    private static Task<StartRefusedException> RefusalAsync(GatewayOptions options, DataDirectory directory) => Should.ThrowAsync<StartRefusedException>(
        () => RegistryBackend.StartAsync(options, directory, NullLoggerFactory.Instance, CancellationToken.None));
}
