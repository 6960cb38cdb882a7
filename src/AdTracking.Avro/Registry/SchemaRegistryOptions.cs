namespace AdTracking.Avro.Registry;

/// <summary>Where a Schema Registry is and how patient the client is. Immutable.</summary>
public sealed record SchemaRegistryOptions
{
    /// <summary>The base address; it may have a path (<c>http://host:8081/apis/ccompat/v7</c>).</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>User name for basic authentication, or null.</summary>
    public string? Username { get; init; }

    /// <summary>Password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>Limit for one request, answer included. 10 s: registries answer in milliseconds, first starts in seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one answer. 4 MiB: a list of 50,000 subjects.</summary>
    public int ResponseBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>The address without user, password and query: what may stand in a log.</summary>
    public string AddressShown => BaseAddress.IsAbsoluteUri
        ? BaseAddress.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
        : BaseAddress.OriginalString;

    /// <summary>The address alone: a record would print all its properties, the password among them.</summary>
    public override string ToString() => AddressShown;
}
