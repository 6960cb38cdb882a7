namespace AdTracking.EmbeddedRegistry.Testing;

/// <summary>A request, and what a registry answers as Confluent documents it.</summary>
/// <param name="Method">GET, POST, PUT, DELETE.</param>
/// <param name="Path">The address; <c>%S</c> is the case's own subject.</param>
/// <param name="Status">The status.</param>
/// <param name="Answer">
/// JSON that the answer must contain: objects may have further members, <c>"*"</c> is anything, <c>"$name"</c> is remembered at its first
/// place and compared at the others. Null: not looked at.
/// </param>
/// <param name="Body">The body, or null.</param>
/// <param name="Apicurio">What the real registry of the tests answers where it differs; null where it does not.</param>
public sealed record RegistryStep(string Method, string Path, int Status, string? Answer = null, string? Body = null, Difference? Apicurio = null)
{
    public static RegistryStep Get(string path, int status, string? answer = null) => new("GET", path, status, answer);

    public static RegistryStep Post(string path, string body, int status, string? answer = null) => new("POST", path, status, answer, body);

    public static RegistryStep Put(string path, string body, int status, string? answer = null) => new("PUT", path, status, answer, body);

    public static RegistryStep Delete(string path, int status, string? answer = null) => new("DELETE", path, status, answer);

    /// <summary>Says that the real registry differs, and why that does not count.</summary>
    public RegistryStep But(string reason, int status, string? answer = null) => this with { Apicurio = new Difference(reason, status, answer) };
}

/// <summary>Where Apicurio's registry, which the tests use as the real one, is not like Confluent's documentation.</summary>
/// <param name="Reason">Why it does not count.</param>
/// <param name="Status">What it answers.</param>
/// <param name="Answer">The pattern of its answer.</param>
public sealed record Difference(string Reason, int Status, string? Answer);
