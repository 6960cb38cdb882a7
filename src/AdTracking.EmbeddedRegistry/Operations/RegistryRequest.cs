using System.Text.Json;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary>What a request says: parts of its path, its query, its body.</summary>
internal sealed class RegistryRequest(HttpContext context, JsonElement? body)
{
    private static readonly JsonDocumentOptions BodyJson = new() { MaxDepth = 16 };

    private static readonly string[] MediaTypes =
        ["application/vnd.schemaregistry.v1+json", "application/vnd.schemaregistry+json", "application/json", "application/octet-stream"];

    public string Subject => Part("subject");

    public string Version => Part("version");

    public string Id => Part("id");

    /// <summary>The body; an object, where the route has one.</summary>
    public JsonElement Body => body!.Value;

    public static RegistryRequest Of(HttpContext context) => new(context, null);

    /// <summary>Reads the body as well.</summary>
    public static async Task<(RegistryRequest? Request, RegistryError? Problem)> ReadAsync(HttpContext context)
    {
        var type = context.Request.ContentType;
        if (type is not null && !Array.Exists(MediaTypes, known => type.StartsWith(known, StringComparison.OrdinalIgnoreCase)))
        {
            return (null, RegistryError.UnsupportedMediaType);
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, BodyJson, context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new RegistryRequest(context, document.RootElement.Clone()), null)
                : (null, RegistryError.MalformedBody("The body must be a JSON object."));
        }
        catch (JsonException broken)
        {
            return (null, RegistryError.MalformedBody(broken.Message));
        }
    }

    public bool Is(string name) => context.Request.Query[name] == "true";

    public string? Query(string name) => context.Request.Query[name];

    /// <summary>A member of the body that is a string.</summary>
    public string? Text(string name) =>
        Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member of the body that is a whole number.</summary>
    public int? Number(string name) =>
        Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private string Part(string name) => Uri.UnescapeDataString((string)context.Request.RouteValues[name]!);
}
