namespace AdTracking.Gateway.Registry;

/// <summary>What a request is answered with.</summary>
/// <param name="Body">The body, as an object that becomes JSON.</param>
/// <param name="Json">The body, as JSON already.</param>
/// <param name="Error">Why there is none.</param>
internal readonly record struct RegistryReply(object? Body = null, string? Json = null, RegistryError? Error = null)
{
    public static RegistryReply Of(object body) => new(body);

    public static RegistryReply OfJson(string json) => new(Json: json);

    public static implicit operator RegistryReply(RegistryError error) => new(Error: error);
}
