using System.Text.Json;
using static AdTracking.EmbeddedRegistry.Testing.RegistryCases;
using static AdTracking.EmbeddedRegistry.Testing.RegistryStep;

namespace AdTracking.EmbeddedRegistry.Testing;

/// <summary>What every registry with Confluent's API does: levels, compatibility, modes.</summary>
public static class RegistryRuleCases
{
    // As Confluent's registry words it.
    private const string Refusal =
        "Schema being registered is incompatible with an earlier schema for subject \"%S\", details: "
        + "[{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'b' at path '/fields/1' in the new schema has no default "
        + "value and is missing in the old schema', additionalInfo:'b'}, {errorType:'TYPE_MISMATCH', description:'The type (path "
        + "'/fields/0/type') of a field in the new schema does not match with the old schema', additionalInfo:'reader type: STRING not "
        + "compatible with writer type: INT'}, {oldSchemaVersion: 1}, {oldSchema: '" + A + "'}, "
        + "{validateFields: 'false', compatibility: 'BACKWARD'}]";

    private const string OwnWords = "reasons in its own words";
    private const string NoModes = "it has no modes";
    private const string LevelNeedsSubject = "a subject without versions has no settings there";

    public static Dictionary<string, RegistryStep[]> All { get; } = new()
    {
        ["Config_GlobalAndSubject"] =
        [
            Get("/config", 200, """{"compatibilityLevel":"BACKWARD"}"""),
            Put("/config", """{"compatibility":"full"}""", 200, """{"compatibility":"FULL"}""").But("it knows capitals only", 400),
            Put("/config", """{"compatibility":"FULL"}""", 200, """{"compatibility":"FULL"}"""),
            Get("/config", 200, """{"compatibilityLevel":"FULL"}"""),
            Put("/config", """{"compatibility":"NOPE"}""", 422, """{"error_code":42203}""").But("its own text, and no JSON", 400),
            Delete("/config", 200, """{"compatibilityLevel":"FULL"}""").But("it cannot", 405),
            Put("/config", """{"compatibility":"BACKWARD"}""", 200),
            Get("/config/%S", 404, """{"error_code":40408}""").But(LevelNeedsSubject, 404, """{"error_code":40401}"""),
            Post("/subjects/%S/versions", Schema(A), 200),
            Get("/config/%S?defaultToGlobal=true", 200, """{"compatibilityLevel":"BACKWARD"}""").But(
                "a subject without a level of its own says NONE, though the global one counts", 200, """{"compatibilityLevel":"NONE"}"""),
            Put("/config/%S", """{"compatibility":"FORWARD_TRANSITIVE"}""", 200, """{"compatibility":"FORWARD_TRANSITIVE"}"""),
            Get("/config/%S", 200, """{"compatibilityLevel":"FORWARD_TRANSITIVE"}"""),
            Delete("/config/%S", 200, """{"compatibilityLevel":"FORWARD_TRANSITIVE"}"""),
            Get("/config/%S", 404, """{"error_code":40408}""").But("it says NONE again", 200),
            Delete("/config/%S", 404, """{"error_code":40401}""").But("it answers with NONE", 200),
        ],
        ["Register_Incompatible_Is409WithReasons"] =
        [
            Post("/subjects/%S/versions", Schema(A), 200),
            Post("/subjects/%S/versions", Schema(Breaking), 409, $$"""{"error_code":409,"message":{{JsonSerializer.Serialize(Refusal)}}}""").But(
                OwnWords, 409, """{"error_code":409}"""),
            Put("/config/%S", """{"compatibility":"NONE"}""", 200),
            Post("/subjects/%S/versions", Schema(Breaking), 200).But("NONE for a subject leaves it to the global level", 409),
        ],
        ["Compatibility_IsToldWithoutChange"] =
        [
            Post("/compatibility/subjects/%S/versions/latest", Schema(A), 200, """{"is_compatible":true}""").But(
                "a subject that is not there has no latest version", 404, """{"error_code":40402}"""),
            Post("/compatibility/subjects/%S/versions/1", Schema(A), 404, """{"error_code":40402}"""),
            Post("/subjects/%S/versions", Schema(A), 200),
            Post("/compatibility/subjects/%S/versions/latest?verbose=true", Schema(WithDefault), 200, """{"is_compatible":true,"messages":[]}""").But(
                "a reason instead of messages", 200, """{"is_compatible":true,"reason":null}"""),
            Post("/compatibility/subjects/%S/versions/latest", Schema(Breaking), 200, """{"is_compatible":false}"""),
            Post("/compatibility/subjects/%S/versions/latest?verbose=true", Schema(Breaking), 200, """
                {"is_compatible":false,"messages":["*","*","{oldSchemaVersion: 1}","*","{validateFields: 'false', compatibility: 'BACKWARD'}"]}
                """).But(OwnWords, 200, """{"is_compatible":false,"reason":"*"}"""),
            Post("/compatibility/subjects/%S/versions/1", Schema(Breaking), 200, """{"is_compatible":false}"""),
            Post("/compatibility/subjects/%S/versions", Schema(Breaking), 200, """{"is_compatible":false}"""),
            Post("/compatibility/subjects/%S/versions", Schema(WithDefault), 200, """{"is_compatible":true}"""),
            Post("/compatibility/subjects/%S/versions/9", Schema(A), 404, """{"error_code":40402}"""),
            Post("/compatibility/subjects/%S/versions/x", Schema(A), 422, """{"error_code":42202}""").But(
                "it takes any text for a version and does not find it", 404, """{"error_code":40402}"""),
            Post("/compatibility/subjects/%S/versions/latest", Schema("nonsense"), 422, """{"error_code":42201}"""),
            Get("/subjects/%S/versions", 200, "[1]"),
        ],
        ["Levels_ForwardAndTransitive"] =
        [
            Put("/config", """{"compatibility":"FORWARD_TRANSITIVE"}""", 200),
            Post("/subjects/%S/versions", Schema(A), 200),
            Post("/subjects/%S/versions", Schema(Breaking), 409),
            Post("/subjects/%S/versions", Schema("""{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"c","type":"int"}]}"""), 200),
            Post("/subjects/%S/versions", Schema(A.Replace("int", "long", StringComparison.Ordinal)), 409),
            Put("/config", """{"compatibility":"BACKWARD"}""", 200),
        ],
        ["Mode_ReadOnly_RefusesChanges"] =
        [
            Get("/mode", 200, """{"mode":"READWRITE"}""").But(NoModes, 404),
            Get("/mode/%S", 404, """{"error_code":40409}""").But(NoModes, 404, "{}"),
            Get("/mode/%S?defaultToGlobal=true", 200, """{"mode":"READWRITE"}""").But(NoModes, 404),
            Put("/mode/%S", """{"mode":"nope"}""", 422, """{"error_code":42204}""").But(NoModes, 404),
            Put("/mode/%S", """{"mode":"READONLY"}""", 200, """{"mode":"READONLY"}""").But(NoModes, 404),
            Get("/mode/%S", 200, """{"mode":"READONLY"}""").But(NoModes, 404),
            Post("/subjects/%S/versions", Schema(A), 422, """{"error_code":42205,"message":"Subject %S is in read-only mode"}""").But(NoModes, 200),
            Delete("/mode/%S", 200, """{"mode":"READONLY"}""").But(NoModes, 404),
            Post("/subjects/%S/versions", Schema(A), 200),
        ],
        ["Mode_Import_TakesIdAndVersion"] =
        [
            Put("/mode/%S", """{"mode":"IMPORT"}""", 200).But(NoModes, 404),
            Post("/subjects/%S/versions", Schema("\"bytes\"", "\"id\":7777,\"version\":5"), 200, """{"id":7777}""").But(NoModes, 200),
            Get("/subjects/%S/versions", 200, "[5]").But(NoModes, 200, "[1]"),
            Post("/subjects/%S/versions", Schema("\"long\"", "\"id\":7777,\"version\":6"), 422, """{"error_code":42205}""").But(NoModes, 409),
            Put("/mode/%S", """{"mode":"READWRITE"}""", 200).But(NoModes, 404),
            Put("/mode/%S", """{"mode":"IMPORT"}""", 422, """{"error_code":42205}""").But(NoModes, 404),
            Post("/subjects/%S-other/versions", Schema("\"string\"", "\"id\":7778"), 422, """{"error_code":42205}""").But("it takes ids at any time", 200),
        ],
    };
}
