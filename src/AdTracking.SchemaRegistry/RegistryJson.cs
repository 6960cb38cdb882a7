using System.Text.Json.Serialization;
using AdTracking.Avro.Compatibility;
using static AdTracking.SchemaRegistry.RegistryMessages;

namespace AdTracking.SchemaRegistry;

/// <summary>Serialisation without reflection, and what an answer must have. A proxy, a node that is just starting or another service may also
/// answer with JSON of the right kind; an answer that lacks something is not accepted, and the next node is asked. Each method returns the name
/// of what is missing or invalid, or null.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SchemaBody))]
[JsonSerializable(typeof(IdBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(VerdictBody))]
[JsonSerializable(typeof(LevelBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class RegistryJson : JsonSerializerContext
{
    public static string? Lacks(IdBody answer) => answer.Id is >= 0 ? null : "id";

    public static string? Lacks(SchemaBody answer) => answer.Schema is null ? "schema" : Lacks(answer.References);

    public static string? Lacks(VersionBody answer) => answer switch
    {
        { Subject: null } => "subject",
        { Version: not > 0 } => "version",
        { Id: not >= 0 } => "id",
        { Schema: null } => "schema",
        _ => Lacks(answer.References),
    };

    public static string? Lacks(VerdictBody answer) =>
        answer.IsCompatible is null ? "is_compatible" : answer.Messages?.Contains(null!) == true ? "messages" : null;

    public static string? Lacks(LevelBody answer) => Level(answer) is null ? "compatibilityLevel" : null;

    public static string? Lacks(string[] subjects) => subjects.Contains(null!) ? "subject" : null;

    public static string? Lacks(int[] versions) => Array.TrueForAll(versions, static version => version > 0) ? null : "version";

    /// <summary>The level in an answer: it has different names in the answers to queries and to changes.</summary>
    public static CompatibilityLevel? Level(LevelBody answer) =>
        (answer.CompatibilityLevel ?? answer.Compatibility) is { } name && CompatibilityLevels.TryParse(name, out var level) ? level : null;

    private static string? Lacks(IReadOnlyList<SchemaReference>? references) =>
        references?.Any(static reference => reference is not { Name: not null, Subject: not null }) == true ? "references" : null;
}
