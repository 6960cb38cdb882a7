using System.Text.Json;
using static AdTracking.EmbeddedRegistry.Testing.RegistryStep;

namespace AdTracking.EmbeddedRegistry.Testing;

/// <summary>What every registry with Confluent's API does: subjects, versions, schemas by id.</summary>
public static class RegistryCases
{
    public const string A = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""";
    public const string WithDefault = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"long","default":7}]}""";
    public const string Breaking = """{"type":"record","name":"R","fields":[{"name":"a","type":"string"},{"name":"b","type":"int"}]}""";

    private const string Referring = """{"type":"record","name":"R","fields":[{"name":"e","type":"a.E"}]}""";

    private const string OwnTexts = "its own text";
    private const string OtherStatus = "the code, with another status";
    private const string NoSuchAddress = "it has no such address";
    private const string VersionsAreNotParsed = "it takes any text for a version and does not find it";

    public static Dictionary<string, RegistryStep[]> All { get; } = new()
    {
        ["Root_IsEmpty"] = [Get("/", 200, "{}").But("it shows a page", 200)],
        ["Types_HaveAvro"] = [Get("/schemas/types", 200, """["AVRO"]""").But("it has more types", 200, """["JSON","PROTOBUF","AVRO"]""")],
        ["Associations_AreNotThere"] = [Get("/associations/x", 404), Get("/associations/subjects/%S", 404)],
        ["Register_Twice_KeepsTheId"] =
        [
            Post("/subjects/%S/versions", Schema(A), 200, """{"id":"$first"}"""),
            Post("/subjects/%S/versions", Schema(A), 200, """{"id":"$first"}"""),
            Post("/subjects/%S-other/versions", Schema(A), 200, """{"id":"$first"}"""),
            Post("/subjects/%S/versions", Schema(WithDefault), 200, """{"id":"$second"}"""),
            Get("/subjects/%S/versions", 200, "[1,2]"),
            Get("/subjects/%S/versions/1", 200, $$"""{"subject":"%S","version":1,"id":"$first","schema":{{Text(A)}}}"""),
            Get("/subjects/%S/versions/latest", 200, """{"version":2,"id":"$second"}"""),
            Get("/subjects/%S/versions/1/schema", 200, A),
            Get("/subjects/%S/versions/1/referencedby", 200, "[]"),
            Get("/schemas/ids/$first", 200, $$"""{"schema":{{Text(A)}}}"""),
            Get("/schemas/ids/$first/versions", 200, """[{"subject":"%S","version":1},{"subject":"%S-other","version":1}]"""),
            Get("/schemas/ids/$first/schema", 200, A).But(NoSuchAddress, 404),
            Get("/schemas/ids/$first/subjects", 200, """["%S","%S-other"]""").But(NoSuchAddress, 404),
        ],
        ["LookUp_ByTextUnderASubject"] =
        [
            Post("/subjects/%S", Schema(A), 404, """{"error_code":40401,"message":"Subject '%S' not found."}""").But(
                OwnTexts, 404, """{"error_code":40401}"""),
            Post("/subjects/%S/versions", Schema(A), 200),
            Post("/subjects/%S", Schema(A), 200, $$"""{"subject":"%S","version":1,"id":"*","schema":{{Text(A)}}}"""),
            Post("/subjects/%S", Schema(Breaking), 404, """{"error_code":40403,"message":"Schema not found"}""").But(
                OwnTexts, 404, """{"error_code":40403}"""),
        ],
        ["NotFound_HasItsCodes"] =
        [
            Get("/subjects/%S/versions", 404, """{"error_code":40401,"message":"Subject '%S' not found."}""").But(OwnTexts, 404, """{"error_code":40401}"""),
            Get("/subjects/%S/versions/1", 404, """{"error_code":40401}"""),
            Get("/schemas/ids/999999", 404, """{"error_code":40403,"message":"Schema 999999 not found"}""").But(OwnTexts, 404, """{"error_code":40403}"""),
            Delete("/subjects/%S", 404, """{"error_code":40401}"""),
            Post("/subjects/%S/versions", Schema(A), 200),
            Get("/subjects/%S/versions/2", 404, """{"error_code":40402,"message":"Version 2 not found."}""").But(OwnTexts, 404, """{"error_code":40402}"""),
            Get("/subjects/%S/versions/x", 422, """{"error_code":42202}""").But(VersionsAreNotParsed, 404, """{"error_code":40402}"""),
            Get("/subjects/%S/versions/0", 422, """{"error_code":42202}""").But(VersionsAreNotParsed, 404, """{"error_code":40402}"""),
        ],
        ["Register_NoSchema_IsRefused"] =
        [
            Post("/subjects/%S/versions", Schema("""{"type":"record"}"""), 422, """{"error_code":42201}""").But("it fails inside", 500),
            Post("/subjects/%S/versions", Schema("\"int\"", "\"schemaType\":\"NOPE\""), 422, """{"error_code":42201}""").But("it fails inside", 500),
            Post("/subjects/%S/versions", "{}", 422, """{"error_code":42201,"message":"Invalid schema: Empty schema"}""").But("it fails inside", 500),
            Post("/subjects/%S/versions", "{", 400, """{"error_code":400}""").But("its own text, and no JSON", 400),
            Get("/subjects/%S/versions", 404, """{"error_code":40401}"""),
        ],
        ["Register_Reference_IsResolved"] =
        [
            Post("/subjects/%S-e/versions", Schema("""{"type":"enum","name":"a.E","symbols":["X"]}"""), 200),
            Post("/subjects/%S/versions", Schema(Referring, Reference("a.E")), 200, """{"id":"$id"}"""),
            Get("/schemas/ids/$id", 200, """{"references":[{"name":"a.E","subject":"%S-e","version":1}]}"""),
            Get("/subjects/%S/versions/1", 200, """{"references":[{"name":"a.E","subject":"%S-e","version":1}]}"""),
            Get("/subjects/%S-e/versions/1/referencedby", 200, """["$id"]"""),
            Delete("/subjects/%S-e/versions/1", 422, """{"error_code":42206}"""),
            Post("/subjects/%S-no/versions", Schema("""{"type":"record","name":"R","fields":[{"name":"e","type":"a.F"}]}""", Reference("a.F", "-none")), 422,
                """{"error_code":42201}"""),
        ],
        ["Delete_SoftThenPermanent"] =
        [
            Post("/subjects/%S/versions", Schema(A), 200, """{"id":"$first"}"""),
            Post("/subjects/%S/versions", Schema(WithDefault), 200),
            Delete("/subjects/%S/versions/1?permanent=true", 404, """{"error_code":40407}""").But(OtherStatus, 409, """{"error_code":40407}"""),
            Delete("/subjects/%S/versions/1", 200, "1"),
            Delete("/subjects/%S/versions/1", 404, """{"error_code":40406}""").But(OtherStatus, 409, """{"error_code":40406}"""),
            Get("/subjects/%S/versions", 200, "[2]"),
            Get("/subjects/%S/versions?deleted=true", 200, "[1,2]"),
            Get("/subjects/%S/versions/1", 404, """{"error_code":40402}"""),
            Get("/schemas/ids/$first", 200, $$"""{"schema":{{Text(A)}}}"""),
            Delete("/subjects/%S?permanent=true", 404, """{"error_code":40405}""").But(OtherStatus, 409, """{"error_code":40405}"""),
            Delete("/subjects/%S", 200, "[2]"),
            Delete("/subjects/%S", 404, """{"error_code":40404}"""),
            Get("/subjects/%S/versions", 404, """{"error_code":40401}"""),
            Delete("/subjects/%S?permanent=true", 200, "[1,2]"),
            Get("/subjects/%S/versions?deleted=true", 404, """{"error_code":40401}"""),
            Get("/schemas/ids/$first", 404, """{"error_code":40403}""").But("it keeps the text: another subject of the tests has it", 200),
        ],
    };

    /// <summary>A body with a schema.</summary>
    public static string Schema(string text, string more = "") => $$"""{"schema":{{Text(text)}}{{(more.Length > 0 ? "," + more : "")}}}""";

    private static string Reference(string name, string subject = "-e") =>
        $$"""
        "references":[{"name":"{{name}}","subject":"%S{{subject}}","version":1}]
        """;

    private static string Text(string schema) => JsonSerializer.Serialize(schema);
}
