namespace AdTracking.EmbeddedRegistry.Operations;

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

/// <summary>Confluent's error codes: the HTTP status and two digits more.</summary>
/// <param name="ErrorCode">For example 40401.</param>
/// <param name="Message">For people.</param>
internal sealed record RegistryError(int ErrorCode, string Message)
{
    public static RegistryError NotFound { get; } = new(404, "HTTP 404 Not Found");

    public static RegistryError UnsupportedMediaType { get; } = new(415, "HTTP 415 Unsupported Media Type");

    public static RegistryError SubjectNotFound(string subject) => new(40401, $"Subject '{subject}' not found.");

    public static RegistryError VersionNotFound(string version) => new(40402, $"Version {version} not found.");

    public static RegistryError SchemaNotFound(string id) => new(40403, $"Schema {id} not found");

    public static RegistryError SchemaNotFound() => new(40403, "Schema not found");

    public static RegistryError SubjectSoftDeleted(string subject) =>
        new(40404, $"Subject '{subject}' was soft deleted. Set permanent=true to delete permanently");

    public static RegistryError SubjectNotSoftDeleted(string subject) =>
        new(40405, $"Subject '{subject}' was not deleted first before being permanently deleted");

    public static RegistryError VersionSoftDeleted(string subject, int version) =>
        new(40406, $"Subject '{subject}' Version {version} was soft deleted. Set permanent=true to delete permanently");

    public static RegistryError VersionNotSoftDeleted(string subject, int version) =>
        new(40407, $"Subject '{subject}' Version {version} was not deleted first before being permanently deleted");

    public static RegistryError LevelNotSet(string subject) =>
        new(40408, $"Subject '{subject}' does not have subject-level compatibility configured");

    public static RegistryError ModeNotSet(string subject) => new(40409, $"Subject '{subject}' does not have subject-level mode configured");

    public static RegistryError Incompatible(string subject, IEnumerable<string> details) => new(
        409,
        $"Schema being registered is incompatible with an earlier schema for subject \"{subject}\", details: [{string.Join(", ", details)}]");

    public static RegistryError InvalidSchema(string why) => new(42201, $"Invalid schema: {why}");

    public static RegistryError InvalidVersion(string version) => new(
        42202,
        $"The specified version '{version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");

    public static RegistryError InvalidLevel() => new(
        42203,
        "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");

    public static RegistryError InvalidMode() => new(
        42204, "Invalid mode. Valid values are READWRITE, READONLY, READONLY_OVERRIDE, and IMPORT");

    public static RegistryError ReadOnly(string subject) => new(42205, $"Subject {subject} is in read-only mode");

    public static RegistryError NotPermitted(string why) => new(42205, why);

    public static RegistryError ReferenceExists(string subject, int version) => new(
        42206, $"One or more references exist to the schema {{magic=1,keytype=SCHEMA,subject={subject},version={version}}}.");

    public static RegistryError MalformedBody(string why) => new(400, why);
}
