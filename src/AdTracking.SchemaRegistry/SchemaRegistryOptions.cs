namespace AdTracking.SchemaRegistry;

/// <summary>Where a Schema Registry is and how patient the client is. Immutable.</summary>
public sealed record SchemaRegistryOptions
{
    /// <summary>The base address; it may have a path (<c>http://host:8081/apis/ccompat/v7</c>).</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Further nodes of the same registry: asked in turn when one does not answer, gives an invalid answer or fails (5xx).</summary>
    public IReadOnlyList<Uri> FurtherAddresses { get; init; } = [];

    /// <summary>User name for basic authentication, or null.</summary>
    public string? Username { get; init; }

    /// <summary>Password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>A file that holds the password; read for every request, so that it may change.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>A file that holds a bearer token; read for every request, so that it may change.</summary>
    public string? BearerTokenFile { get; init; }

    /// <summary>Limit for one request, answer included. 10 s: registries answer in milliseconds, first starts in seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one answer. 4 MiB: a list of 50,000 subjects.</summary>
    public int ResponseBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Runs a request, and repeats it when its failure is transient: a retry policy of the application. Null tries once.</summary>
    public RegistryAttempts? Attempts { get; init; }

    /// <summary>The address without user, password and query, for logs.</summary>
    public string AddressShown => Shown(BaseAddress);

    /// <summary>The addresses of a list with commas between, as settings have it: the first, and the others as further ones.</summary>
    public static SchemaRegistryOptions Of(string addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        Uri[] nodes = [.. addresses
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(address => new Uri(address, UriKind.RelativeOrAbsolute))];
        return nodes.Length == 0
            ? throw new ArgumentException("A registry has an address.", nameof(addresses))
            : new SchemaRegistryOptions { BaseAddress = nodes[0], FurtherAddresses = nodes[1..] };
    }

    /// <summary>The address alone: a record would print all its properties, the password among them.</summary>
    public override string ToString() => AddressShown;

    internal static string Shown(Uri address) => address.IsAbsoluteUri
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
        : address.OriginalString;
}
