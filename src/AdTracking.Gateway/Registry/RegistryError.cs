namespace AdTracking.Gateway.Registry;

/// <summary>Confluent's error codes: the HTTP status and two digits more.</summary>
/// <param name="ErrorCode">For example 40401.</param>
/// <param name="Message">For people.</param>
internal sealed record RegistryError(int ErrorCode, string Message)
{
    public static RegistryError SubjectNotFound(string subject) => new(40401, $"Subject '{subject}' not found.");

    public static RegistryError VersionNotFound(string version) => new(40402, $"Version {version} not found.");

    public static RegistryError SchemaNotFound(string what) => new(40403, $"Schema {what} not found.");

    public static RegistryError LevelNotSet(string subject) =>
        new(40408, $"Subject '{subject}' does not have subject-level compatibility configured");

    public static RegistryError ModeNotSet(string subject) => new(40409, $"Subject '{subject}' does not have subject-level mode configured");

    public static RegistryError InvalidSchema(string why) => new(42201, $"Invalid schema: {why}");

    public static RegistryError InvalidVersion(string version) =>
        new(42202, $"The specified version '{version}' is not a valid version id. Allowed values are 1 and above, and \"latest\".");

    public static RegistryError InvalidLevel(string? level) =>
        new(42203, $"Compatibility level '{level}' is not available: this embedded registry checks nothing, so it accepts only NONE.");

    public static RegistryError InvalidBody(string why) => new(42200, $"Invalid request: {why}");
}
