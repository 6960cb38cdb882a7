using System.Net;
using System.Security.Cryptography;
using AdTracking.EmbeddedRegistry;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Schemas;
using AdTracking.Events;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Storage;
using AdTracking.Queue;
using AdTracking.SchemaRegistry;

namespace AdTracking.Gateway.Backends;

/// <summary>The Schema Registry that ids come from: the one that is configured, or an embedded one.</summary>
internal sealed class RegistryBackend : IAsyncDisposable
{
    private readonly EmbeddedRegistryServer? _embedded;
    private readonly HttpClient _http;
    private readonly GatewayOptions _options;

    private RegistryBackend(GatewayOptions options, string address, EmbeddedRegistryServer? embedded)
    {
        _options = options;
        _embedded = embedded;
        _http = CreateHttp(options.Registry.CaFile);
        Address = address;
    }

    public string Address { get; }

    /// <summary>What the data directory and the cache know the registry by: an embedded one has another port at every start.</summary>
    public string Name => _embedded is null ? Address : DataOwner.Embedded;

    public static async Task<RegistryBackend> StartAsync(
        GatewayOptions options, DataDirectory directory, ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (!options.Registry.IsEmbedded)
        {
            return new RegistryBackend(options, options.Registry.Url.TrimEnd('/'), embedded: null);
        }

        var embedded = await StartEmbeddedAsync(directory.RegistryPath, options.Registry.EmbeddedPort, loggers, cancellation);
        return new RegistryBackend(options, embedded.Address, embedded);
    }

    /// <summary>The ids of all schemas that the gateway writes: looked up at start, and until they are known.</summary>
    public SchemaIds SchemaIds(TopicNames topics, DataDirectory directory, ILogger logger)
    {
        var registry = SchemaRegistryOptions.Of(Address) with
        {
            Username = NullIfEmpty(_options.Registry.Username),
            PasswordFile = NullIfEmpty(_options.Registry.PasswordFile),
            BearerTokenFile = NullIfEmpty(_options.Registry.BearerTokenFile),
        };
        return RegistrySchemaIds.Create(new SchemaRegistryClient(_http, registry), new RegistrySchemaIdsOptions
        {
            Schemas =
            [
                SchemaSource.For(EventTopic.Impression, topics, AdImpression.SchemaJson),
                SchemaSource.For(EventTopic.Click, topics, AdClick.SchemaJson),
                SchemaSource.For(EventTopic.Engagement, topics, AdEngagement.SchemaJson),
                SchemaSource.For(EventTopic.Bad, topics, BadEvent.SchemaJson),
                SchemaSource.For(EventTopic.Audit, topics, LedgerEntry.SchemaJson),
            ],
            RegistryKey = Name,
            AutoRegister = _options.Registry.AutoRegister ?? _embedded is not null,
            CachePath = Path.Combine(directory.RegistryPath, "schema-ids.json"),
            Logger = logger,
        });
    }

    private static async Task<EmbeddedRegistryServer> StartEmbeddedAsync(string path, int port, ILoggerFactory loggers, CancellationToken cancellation)
    {
        try
        {
            return await EmbeddedRegistryServer.StartAsync(path, port, loggers, cancellation);
        }
        catch (InvalidDataException broken)
        {
            throw new StartRefusedException(ExitCode.DataDirectory, $"The embedded registry cannot read its file: {broken.Message}", broken);
        }
        catch (IOException busy)
        {
            throw StartRefusedException.CannotListen(IPAddress.Loopback, port, "Registry:EmbeddedPort", busy);
        }
    }

    private static HttpClient CreateHttp(string caFile)
    {
        try
        {
            return RegistryHttp.CreateClient(NullIfEmpty(caFile));
        }
        catch (Exception broken) when (broken is ArgumentException or IOException or CryptographicException)
        {
            throw new StartRefusedException(ExitCode.Configuration, $"Registry:CaFile: {broken.Message}", broken);
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }
    }
}
