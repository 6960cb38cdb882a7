using System.Net;

namespace AdTracking.Avro.Registry;

/// <summary>
/// A client of Confluent's Schema Registry REST API, which Apicurio, Karapace, Redpanda and others speak too. Asks every time: what to
/// keep is the caller's business. All methods throw <see cref="SchemaRegistryException"/> where the registry refuses or is not there;
/// "not found" is an answer, not an exception.
/// </summary>
public sealed class SchemaRegistryClient
{
    private const int SubjectNotFound = 40401;
    private const int VersionNotFound = 40402;
    private const int SchemaNotFound = 40403;
    private const int SubjectSoftDeleted = 40404;
    private const int LevelNotConfigured = 40408;

    private static readonly int[] Missing = [SubjectNotFound, VersionNotFound, SchemaNotFound, SubjectSoftDeleted, LevelNotConfigured];
    private readonly RegistryTransport _transport;

    /// <summary>Makes a client; the <paramref name="http"/> stays the caller's and its own time-out should be longer.</summary>
    public SchemaRegistryClient(HttpClient http, SchemaRegistryOptions options, TimeProvider? clock = null) =>
        _transport = new RegistryTransport(http, options, clock ?? TimeProvider.System);

    /// <summary>Looks a schema up under a subject; null where the registry does not have it there. Changes nothing.</summary>
    public Task<RegisteredSchema?> LookUpAsync(string subject, string schema, CancellationToken cancellation = default) =>
        LookUpAsync(subject, new SubmittedSchema(schema), cancellation);

    /// <summary>Looks a schema up under a subject; null where the registry does not have it there. Changes nothing.</summary>
    public async Task<RegisteredSchema?> LookUpAsync(string subject, SubmittedSchema schema, CancellationToken cancellation = default)
    {
        string path = $"/subjects/{Uri.EscapeDataString(subject)}{Query(schema)}";
        return Version(await _transport.SendAsync(
            HttpMethod.Post, path, SchemaBody(schema), RegistryJson.Default.VersionBody, Missing, cancellation));
    }

    /// <summary>Registers a schema under a subject and gives its id; one that is there already keeps its id.</summary>
    public Task<int> RegisterAsync(string subject, string schema, CancellationToken cancellation = default) =>
        RegisterAsync(subject, new SubmittedSchema(schema), cancellation);

    /// <summary>Registers a schema under a subject and gives its id; one that is there already keeps its id.</summary>
    public async Task<int> RegisterAsync(string subject, SubmittedSchema schema, CancellationToken cancellation = default)
    {
        string path = $"/subjects/{Uri.EscapeDataString(subject)}/versions{Query(schema)}";
        RegistryMessages.IdBody? answer = await _transport.SendAsync(
            HttpMethod.Post, path, SchemaBody(schema), RegistryJson.Default.IdBody, [], cancellation);
        return answer?.Id ?? throw Nonsense("id");
    }

    /// <summary>The text of a schema by its id; null where there is none.</summary>
    public async Task<string?> GetSchemaAsync(int id, CancellationToken cancellation = default) =>
        (await GetSubmittedAsync(id, cancellation))?.Text;

    /// <summary>A schema by its id, with its references; null where there is none.</summary>
    public async Task<SubmittedSchema?> GetSubmittedAsync(int id, CancellationToken cancellation = default)
    {
        RegistryMessages.SchemaBody? answer = await _transport.SendAsync(
            HttpMethod.Get, $"/schemas/ids/{id}", null, RegistryJson.Default.SchemaBody, Missing, cancellation);
        return answer is null ? null : new SubmittedSchema(answer.Schema ?? throw Nonsense("schema")) { References = answer.References ?? [] };
    }

    /// <summary>All subjects.</summary>
    public async Task<IReadOnlyList<string>> GetSubjectsAsync(CancellationToken cancellation = default) =>
        await _transport.SendAsync(HttpMethod.Get, "/subjects", null, RegistryJson.Default.StringArray, [], cancellation) ?? [];

    /// <summary>The versions of a subject, ascending; empty where there is no such subject.</summary>
    public async Task<IReadOnlyList<int>> GetVersionsAsync(string subject, CancellationToken cancellation = default)
    {
        string path = $"/subjects/{Uri.EscapeDataString(subject)}/versions";
        return await _transport.SendAsync(HttpMethod.Get, path, null, RegistryJson.Default.Int32Array, Missing, cancellation) ?? [];
    }

    /// <summary>One version of a subject, or its latest; null where there is none.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="version">The version, or null for the latest.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<RegisteredSchema?> GetVersionAsync(string subject, int? version = null, CancellationToken cancellation = default)
    {
        string path = $"/subjects/{Uri.EscapeDataString(subject)}/versions/{version?.ToString() ?? "latest"}";
        return Version(await _transport.SendAsync(
            HttpMethod.Get, path, null, RegistryJson.Default.VersionBody, Missing, cancellation));
    }

    /// <summary>
    /// Asks whether a schema could be registered, by the subject's level, against its latest version or all versions that the level
    /// wants; a subject that does not exist takes anything. Changes nothing.
    /// </summary>
    public Task<CompatibilityVerdict> CheckCompatibilityAsync(
        string subject, string schema, bool allVersions = false, CancellationToken cancellation = default) =>
        CheckCompatibilityAsync(subject, new SubmittedSchema(schema), allVersions, cancellation);

    /// <inheritdoc cref="CheckCompatibilityAsync(string, string, bool, CancellationToken)"/>
    public async Task<CompatibilityVerdict> CheckCompatibilityAsync(
        string subject, SubmittedSchema schema, bool allVersions = false, CancellationToken cancellation = default)
    {
        string path = $"/compatibility/subjects/{Uri.EscapeDataString(subject)}/versions{(allVersions ? "" : "/latest")}?verbose=true";
        RegistryMessages.VerdictBody? answer = await _transport.SendAsync(
            HttpMethod.Post, path, SchemaBody(schema), RegistryJson.Default.VerdictBody, Missing, cancellation);
        return answer is null
            ? new CompatibilityVerdict(true, [])
            : new CompatibilityVerdict(answer.IsCompatible ?? throw Nonsense("is_compatible"), Reasons(answer));
    }

    /// <summary>The level of a subject, or the global one for null; null where a subject has none of its own.</summary>
    public async Task<CompatibilityLevel?> GetCompatibilityAsync(string? subject, CancellationToken cancellation = default)
    {
        RegistryMessages.LevelBody? answer = await _transport.SendAsync(
            HttpMethod.Get, ConfigPath(subject), null, RegistryJson.Default.LevelBody, Missing, cancellation);
        if (answer is null)
            return null;
        string? name = answer.CompatibilityLevel ?? answer.Compatibility;
        return name is not null && CompatibilityLevels.TryParse(name, out CompatibilityLevel level) ? level : throw Nonsense("compatibilityLevel");
    }

    /// <summary>Sets the level of a subject, or the global one for null.</summary>
    public async Task SetCompatibilityAsync(string? subject, CompatibilityLevel level, CancellationToken cancellation = default)
    {
        RegistryMessages.LevelBody wanted = new(CompatibilityLevels.NameOf(level));
        byte[] body = RegistryTransport.Body(wanted, RegistryJson.Default.LevelBody);
        _ = await _transport.SendAsync(HttpMethod.Put, ConfigPath(subject), body, RegistryJson.Default.LevelBody, [], cancellation);
    }

    /// <summary>Takes a subject's own level away: it has the global one then. One that has none stays as it is.</summary>
    public async Task DeleteCompatibilityAsync(string subject, CancellationToken cancellation = default) =>
        _ = await _transport.SendAsync(HttpMethod.Delete, ConfigPath(subject), null, RegistryJson.Default.LevelBody, Missing, cancellation);

    private static string ConfigPath(string? subject) => subject is null ? "/config" : $"/config/{Uri.EscapeDataString(subject)}";

    private static byte[] SchemaBody(SubmittedSchema schema) => RegistryTransport.Body(
        new RegistryMessages.SchemaBody(schema.Text, References: schema.References.Count == 0 ? null : schema.References),
        RegistryJson.Default.SchemaBody);

    private static string Query(SubmittedSchema schema) => schema.IsNormalized ? "?normalize=true" : "";

    // Confluent's registry has messages, Apicurio's a reason.
    private static IReadOnlyList<string> Reasons(RegistryMessages.VerdictBody answer) =>
        answer.Messages is { Count: > 0 } messages ? messages : answer.Reason is { } reason ? [reason] : [];

    private static RegisteredSchema? Version(RegistryMessages.VersionBody? body)
    {
        if (body is null)
            return null;
        return new RegisteredSchema(
            body.Subject ?? throw Nonsense("subject"),
            body.Version ?? throw Nonsense("version"),
            body.Id ?? throw Nonsense("id"),
            body.Schema ?? throw Nonsense("schema"),
            body.SchemaType)
        {
            References = body.References is { Count: > 0 } references ? references : [],
        };
    }

    private static SchemaRegistryException Nonsense(string lacking) =>
        new($"The registry's answer lacks \"{lacking}\".", HttpStatusCode.OK);
}
