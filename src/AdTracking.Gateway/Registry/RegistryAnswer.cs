using System.Text.Json;

namespace AdTracking.Gateway.Registry;

/// <summary>Writes answers in the registry's own media type.</summary>
internal static class RegistryAnswer
{
    private const string MediaType = "application/vnd.schemaregistry.v1+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions ErrorJson = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Task SendAsync(HttpContext context, object body) =>
        SendBytesAsync(context, JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json));

    /// <summary>The schema itself, not a string that holds it.</summary>
    public static Task SendTextAsync(HttpContext context, string json) => SendBytesAsync(context, System.Text.Encoding.UTF8.GetBytes(json));

    public static Task FailAsync(HttpContext context, RegistryError error)
    {
        context.Response.StatusCode = error.ErrorCode > 999 ? error.ErrorCode / 100 : error.ErrorCode;
        return SendBytesAsync(context, JsonSerializer.SerializeToUtf8Bytes(error, ErrorJson));
    }

    private static async Task SendBytesAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
