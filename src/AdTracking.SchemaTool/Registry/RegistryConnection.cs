using AdTracking.SchemaRegistry;

namespace AdTracking.SchemaTool.Registry;

/// <summary>A client, with the HTTP connections it needs.</summary>
internal sealed class RegistryConnection : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Connects nothing yet; certificates are read.</summary>
    public RegistryConnection(SchemaRegistryOptions options, string? caFile)
    {
        _http = RegistryHttp.CreateClient(caFile);
        Client = new SchemaRegistryClient(_http, options);
        Address = options.AddressShown;
    }

    /// <summary>The client.</summary>
    public SchemaRegistryClient Client { get; }

    /// <summary>Where it is, for messages.</summary>
    public string Address { get; }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
