using AdTracking.EmbeddedRegistry.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.EmbeddedRegistry.Tests;

/// <summary>The embedded registry does what registries do.</summary>
public sealed class EmbeddedRegistryContractTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new("registry");
    private readonly HttpClient _http = new();

    public static TheoryData<string> Names => RegistryContract.Names;

    public void Dispose()
    {
        _http.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_EmbeddedRegistry_AnswersAsDocumented(string name)
    {
        await using var registry = await EmbeddedRegistryServer.StartAsync(_directory.FullPath, 0, NullLoggerFactory.Instance);
        await RegistryContract.RunAsync(_http, registry.Address, name, isApicurio: false);
    }
}
