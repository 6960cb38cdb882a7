using System.Text.Json;

namespace AdTracking.Gateway.Registry;

/// <summary>Confluent's Schema Registry REST API as far as it goes here, and the two addresses of Apicurio's own API that its
/// Avro converter for Kafka Connect asks for.</summary>
internal sealed class RegistryRoutes(RegistryStore store)
{
    private static readonly string[] Types = ["AVRO"];
    private static readonly JsonDocumentOptions BodyJson = new() { MaxDepth = 16 };

    public void Map(WebApplication application)
    {
        application.MapGet("/", context => RegistryAnswer.SendAsync(context, new { }));
        application.MapGet("/schemas/types", context => RegistryAnswer.SendAsync(context, Types));
        application.MapGet("/schemas/ids/{id}", context => WithSchemaAsync(context, schema =>
            RegistryAnswer.SendAsync(context, new { schema = schema.Text })));
        application.MapGet("/schemas/ids/{id}/schema", context => WithSchemaAsync(context, schema =>
            RegistryAnswer.SendTextAsync(context, schema.Text)));
        application.MapGet("/schemas/ids/{id}/versions", context => WithSchemaAsync(context, schema =>
            RegistryAnswer.SendAsync(context, store.FindVersionsOf(schema.Id).Select(found => new { found.Subject, found.Version }))));
        application.MapGet("/schemas/ids/{id}/subjects", context => WithSchemaAsync(context, schema =>
            RegistryAnswer.SendAsync(context, store.FindVersionsOf(schema.Id).Select(found => found.Subject).Distinct())));
        MapSubjects(application);
        MapSettings(application);
        application.MapGet("/apis/registry/v2/ids/contentIds/{id}", context => WithSchemaAsync(context, schema =>
            RegistryAnswer.SendTextAsync(context, schema.Text)));
        application.MapGet("/apis/registry/v2/ids/contentIds/{id}/references", context => WithSchemaAsync(context, _ =>
            RegistryAnswer.SendAsync(context, Array.Empty<object>())));
        application.MapFallback(context => RegistryAnswer.FailAsync(
            context, new RegistryError(404, "HTTP 404 Not Found: the embedded registry has no such address")));
    }

    private void MapSubjects(WebApplication application)
    {
        application.MapGet("/subjects", context => RegistryAnswer.SendAsync(context, store.Subjects));
        application.MapPost("/subjects/{subject}", LookUpAsync);
        application.MapGet("/subjects/{subject}/versions", context => WithVersionsAsync(context, versions =>
            RegistryAnswer.SendAsync(context, versions.Select(version => version.Version))));
        application.MapPost("/subjects/{subject}/versions", RegisterAsync);
        application.MapGet("/subjects/{subject}/versions/{version}", context => WithVersionAsync(context, version =>
            RegistryAnswer.SendAsync(context, version)));
        application.MapGet("/subjects/{subject}/versions/{version}/schema", context => WithVersionAsync(context, version =>
            RegistryAnswer.SendTextAsync(context, version.Schema)));
        application.MapGet("/subjects/{subject}/versions/{version}/referencedby", context => WithVersionAsync(context, _ =>
            RegistryAnswer.SendAsync(context, Array.Empty<int>())));
    }

    private static void MapSettings(WebApplication application)
    {
        application.MapGet("/config", context => RegistryAnswer.SendAsync(context, new { compatibilityLevel = "NONE" }));
        application.MapGet("/config/{subject}", context => IsGlobalWanted(context)
            ? RegistryAnswer.SendAsync(context, new { compatibilityLevel = "NONE" })
            : RegistryAnswer.FailAsync(context, RegistryError.LevelNotSet(Text(context, "subject"))));
        application.MapPut("/config", SetLevelAsync);
        application.MapPut("/config/{subject}", SetLevelAsync);
        application.MapGet("/mode", context => RegistryAnswer.SendAsync(context, new { mode = "READWRITE" }));
        application.MapGet("/mode/{subject}", context => IsGlobalWanted(context)
            ? RegistryAnswer.SendAsync(context, new { mode = "READWRITE" })
            : RegistryAnswer.FailAsync(context, RegistryError.ModeNotSet(Text(context, "subject"))));
    }

    private async Task LookUpAsync(HttpContext context)
    {
        var (schema, problem) = await ReadSchemaAsync(context);
        var subject = Text(context, "subject");
        if (problem is not null)
        {
            await RegistryAnswer.FailAsync(context, problem);
        }
        else if (store.FindVersions(subject) is not { } versions)
        {
            await RegistryAnswer.FailAsync(context, RegistryError.SubjectNotFound(subject));
        }
        else if (versions.FirstOrDefault(version => version.Schema == schema) is not { } found)
        {
            await RegistryAnswer.FailAsync(context, new RegistryError(40403, "Schema not found"));
        }
        else
        {
            await RegistryAnswer.SendAsync(context, found);
        }
    }

    private async Task RegisterAsync(HttpContext context)
    {
        var (schema, problem) = await ReadSchemaAsync(context);
        if (problem is not null)
        {
            await RegistryAnswer.FailAsync(context, problem);
        }
        else
        {
            await RegistryAnswer.SendAsync(context, new { id = store.Register(Text(context, "subject"), schema!).Id });
        }
    }

    private static async Task SetLevelAsync(HttpContext context)
    {
        var (body, problem) = await ReadBodyAsync(context);
        using (body)
        {
            var level = body is not null && body.RootElement.TryGetProperty("compatibility", out var value) ? value.ToString() : null;
            var answer = problem ?? (level == "NONE" ? null : RegistryError.InvalidLevel(level));
            await (answer is null
                ? RegistryAnswer.SendAsync(context, new { compatibility = "NONE" })
                : RegistryAnswer.FailAsync(context, answer));
        }
    }

    private async Task WithSchemaAsync(HttpContext context, Func<StoredSchema, Task> send)
    {
        var text = Text(context, "id");
        await (int.TryParse(text, out var id) && store.FindSchema(id) is { } schema
            ? send(schema)
            : RegistryAnswer.FailAsync(context, RegistryError.SchemaNotFound(text)));
    }

    private async Task WithVersionsAsync(HttpContext context, Func<IReadOnlyList<SchemaVersion>, Task> send)
    {
        var subject = Text(context, "subject");
        await (store.FindVersions(subject) is { } versions
            ? send(versions)
            : RegistryAnswer.FailAsync(context, RegistryError.SubjectNotFound(subject)));
    }

    private Task WithVersionAsync(HttpContext context, Func<SchemaVersion, Task> send) => WithVersionsAsync(context, versions =>
    {
        var text = Text(context, "version");
        if (text is "latest" or "-1")
        {
            return send(versions[^1]);
        }

        if (!int.TryParse(text, out var number) || number < 1)
        {
            return RegistryAnswer.FailAsync(context, RegistryError.InvalidVersion(text));
        }

        return number <= versions.Count
            ? send(versions[number - 1])
            : RegistryAnswer.FailAsync(context, RegistryError.VersionNotFound(text));
    });

    private static async Task<(string? Schema, RegistryError? Problem)> ReadSchemaAsync(HttpContext context)
    {
        var (body, problem) = await ReadBodyAsync(context);
        using (body)
        {
            return body is null ? (null, problem) : SchemaRequest.Read(body.RootElement);
        }
    }

    private static async Task<(JsonDocument? Body, RegistryError? Problem)> ReadBodyAsync(HttpContext context)
    {
        try
        {
            var body = await JsonDocument.ParseAsync(context.Request.Body, BodyJson, context.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? (body, null)
                : (null, RegistryError.InvalidBody("the body must be a JSON object"));
        }
        catch (JsonException broken)
        {
            return (null, RegistryError.InvalidBody(broken.Message));
        }
    }

    private static bool IsGlobalWanted(HttpContext context) => context.Request.Query["defaultToGlobal"] == "true";

    private static string Text(HttpContext context, string name) => Uri.UnescapeDataString((string)context.Request.RouteValues[name]!);
}
