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

    // A record prints its properties: not this one.
    private string PasswordShown => Password is null ? "none" : "***";

    /// <inheritdoc/>
    public override string ToString() => $"{BaseAddress.GetLeftPart(UriPartial.Path)} (user {Username ?? "none"}, password {PasswordShown})";
}
