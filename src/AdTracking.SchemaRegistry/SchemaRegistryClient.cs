using AdTracking.Avro.Compatibility;

namespace AdTracking.SchemaRegistry;

/// <summary>A client of Confluent's Schema Registry REST API, which Apicurio, Karapace, Redpanda and others implement too. It asks every time:
/// caching is up to the caller. All methods throw <see cref="SchemaRegistryException"/> where the registry refuses or is not
/// there; "not found" is an answer, not an exception. A node whose answer is not that of a registry counts as failing.</summary>
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
        var path = $"/subjects/{Uri.EscapeDataString(subject)}{Query(schema)}";
        return await VersionAsync(HttpMethod.Post, path, SchemaBody(schema), cancellation);
    }

    /// <summary>Registers a schema under a subject and returns its id; a schema that is registered already keeps its id.</summary>
    public Task<int> RegisterAsync(string subject, string schema, CancellationToken cancellation = default) =>
        RegisterAsync(subject, new SubmittedSchema(schema), cancellation);

    /// <summary>Registers a schema under a subject and returns its id; a schema that is registered already keeps its id.</summary>
    public async Task<int> RegisterAsync(string subject, SubmittedSchema schema, CancellationToken cancellation = default)
    {
        var path = $"/subjects/{Uri.EscapeDataString(subject)}/versions{Query(schema)}";
        RegistryCall<RegistryMessages.IdBody> call = new(HttpMethod.Post, path, RegistryJson.Default.IdBody)
        {
            Body = SchemaBody(schema),
            Lacks = RegistryJson.Lacks,
        };
        return (await _transport.SendAsync(call, cancellation))!.Id!.Value;
    }

    /// <summary>The text of a schema by its id; null where there is none.</summary>
    public async Task<string?> GetSchemaAsync(int id, CancellationToken cancellation = default) =>
        (await GetSubmittedAsync(id, cancellation))?.Text;

    /// <summary>A schema by its id, with its references; null where there is none.</summary>
    public async Task<SubmittedSchema?> GetSubmittedAsync(int id, CancellationToken cancellation = default)
    {
        RegistryCall<RegistryMessages.SchemaBody> call = new(HttpMethod.Get, $"/schemas/ids/{id}", RegistryJson.Default.SchemaBody)
        {
            Missing = Missing,
            Lacks = RegistryJson.Lacks,
        };
        return await _transport.SendAsync(call, cancellation) is { } answer
            ? new SubmittedSchema(answer.Schema!) { References = answer.References ?? [] }
            : null;
    }

    /// <summary>All subjects.</summary>
    public async Task<IReadOnlyList<string>> GetSubjectsAsync(CancellationToken cancellation = default)
    {
        RegistryCall<string[]> call = new(HttpMethod.Get, "/subjects", RegistryJson.Default.StringArray) { Lacks = RegistryJson.Lacks };
        return await _transport.SendAsync(call, cancellation) ?? [];
    }

    /// <summary>The versions of a subject, ascending; empty where there is no such subject.</summary>
    public async Task<IReadOnlyList<int>> GetVersionsAsync(string subject, CancellationToken cancellation = default)
    {
        var path = $"/subjects/{Uri.EscapeDataString(subject)}/versions";
        RegistryCall<int[]> call = new(HttpMethod.Get, path, RegistryJson.Default.Int32Array) { Missing = Missing, Lacks = RegistryJson.Lacks };
        return await _transport.SendAsync(call, cancellation) ?? [];
    }

    /// <summary>One version of a subject, or its latest; null where there is none.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="version">The version, or null for the latest.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<RegisteredSchema?> GetVersionAsync(string subject, int? version = null, CancellationToken cancellation = default)
    {
        var path = $"/subjects/{Uri.EscapeDataString(subject)}/versions/{version?.ToString() ?? "latest"}";
        return await VersionAsync(HttpMethod.Get, path, null, cancellation);
    }

    /// <summary>Asks whether a schema could be registered, by the subject's level, against its latest version or all versions that the
    /// level covers; a subject that does not exist accepts any schema. Changes nothing.</summary>
    public Task<CompatibilityVerdict> CheckCompatibilityAsync(
        string subject, string schema, bool allVersions = false, CancellationToken cancellation = default) =>
        CheckCompatibilityAsync(subject, new SubmittedSchema(schema), allVersions, cancellation);

    /// <inheritdoc cref="CheckCompatibilityAsync(string, string, bool, CancellationToken)"/>
    public async Task<CompatibilityVerdict> CheckCompatibilityAsync(
        string subject, SubmittedSchema schema, bool allVersions = false, CancellationToken cancellation = default)
    {
        var path = $"/compatibility/subjects/{Uri.EscapeDataString(subject)}/versions{(allVersions ? "" : "/latest")}?verbose=true";
        RegistryCall<RegistryMessages.VerdictBody> call = new(HttpMethod.Post, path, RegistryJson.Default.VerdictBody)
        {
            Body = SchemaBody(schema),
            Missing = Missing,
            Lacks = RegistryJson.Lacks,
        };
        return await _transport.SendAsync(call, cancellation) is { } answer
            ? new CompatibilityVerdict(answer.IsCompatible!.Value, Reasons(answer))
            : new CompatibilityVerdict(true, []);
    }

    /// <summary>The level of a subject, or the global one for null; null where a subject has none of its own.</summary>
    public async Task<CompatibilityLevel?> GetCompatibilityAsync(string? subject, CancellationToken cancellation = default)
    {
        RegistryCall<RegistryMessages.LevelBody> call = new(HttpMethod.Get, ConfigPath(subject), RegistryJson.Default.LevelBody)
        {
            Missing = Missing,
            Lacks = RegistryJson.Lacks,
        };
        return await _transport.SendAsync(call, cancellation) is { } answer ? RegistryJson.Level(answer) : null;
    }

    /// <summary>Sets the level of a subject, or the global one for null.</summary>
    public async Task SetCompatibilityAsync(string? subject, CompatibilityLevel level, CancellationToken cancellation = default)
    {
        RegistryMessages.LevelBody wanted = new(CompatibilityLevels.NameOf(level));
        RegistryCall<RegistryMessages.LevelBody> call = new(HttpMethod.Put, ConfigPath(subject), RegistryJson.Default.LevelBody)
        {
            Body = RegistryTransport.Body(wanted, RegistryJson.Default.LevelBody),
            Lacks = RegistryJson.Lacks,
        };
        _ = await _transport.SendAsync(call, cancellation);
    }

    /// <summary>Removes a subject's own level, so that the global one applies. Does nothing where there is none.</summary>
    public async Task DeleteCompatibilityAsync(string subject, CancellationToken cancellation = default)
    {
        // Registries differ in what they say of it; an object is enough.
        RegistryCall<RegistryMessages.LevelBody> call = new(HttpMethod.Delete, ConfigPath(subject), RegistryJson.Default.LevelBody) { Missing = Missing };
        _ = await _transport.SendAsync(call, cancellation);
    }

    private static string ConfigPath(string? subject) => subject is null ? "/config" : $"/config/{Uri.EscapeDataString(subject)}";

    private static byte[] SchemaBody(SubmittedSchema schema) => RegistryTransport.Body(
        new RegistryMessages.SchemaBody(schema.Text, References: schema.References.Count == 0 ? null : schema.References),
        RegistryJson.Default.SchemaBody);

    private static string Query(SubmittedSchema schema) => schema.IsNormalized ? "?normalize=true" : "";

    // Confluent's registry has messages, Apicurio's a reason.
    private static IReadOnlyList<string> Reasons(RegistryMessages.VerdictBody answer) =>
        answer.Messages is { Count: > 0 } messages ? messages : answer.Reason is { } reason ? [reason] : [];

    private async Task<RegisteredSchema?> VersionAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        RegistryCall<RegistryMessages.VersionBody> call = new(method, path, RegistryJson.Default.VersionBody)
        {
            Body = body,
            Missing = Missing,
            Lacks = RegistryJson.Lacks,
        };
        if (await _transport.SendAsync(call, cancellation) is not { } answer)
        {
            return null;
        }

        return new RegisteredSchema(answer.Subject!, answer.Version!.Value, answer.Id!.Value, answer.Schema!, answer.SchemaType)
        {
            References = answer.References is { Count: > 0 } references ? references : [],
        };
    }
}
