using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdTracking.EmbeddedRegistry.Operations;

namespace AdTracking.EmbeddedRegistry;

/// <summary>Writes answers in the media type that was asked for, the registry's own by default.</summary>
internal static class RegistryAnswer
{
    private const string FirstVersion = "application/vnd.schemaregistry.v1+json";
    private static readonly string[] Others = ["application/vnd.schemaregistry+json", "application/json"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions ErrorJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task SendAsync(HttpContext context, RegistryReply reply)
    {
        byte[] body;
        if (reply.Error is { } error)
        {
            context.Response.StatusCode = error.ErrorCode > 999 ? error.ErrorCode / 100 : error.ErrorCode;
            body = JsonSerializer.SerializeToUtf8Bytes(error, ErrorJson);
        }
        else
        {
            body = reply.Json is { } json ? Encoding.UTF8.GetBytes(json) : JsonSerializer.SerializeToUtf8Bytes(reply.Body, reply.Body!.GetType(), Json);
        }

        context.Response.ContentType = MediaType(context);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static string MediaType(HttpContext context)
    {
        var accepted = context.Request.Headers.Accept.ToString();
        return accepted.Contains(FirstVersion, StringComparison.OrdinalIgnoreCase)
            ? FirstVersion
            : Array.Find(Others, type => accepted.Contains(type, StringComparison.OrdinalIgnoreCase)) ?? FirstVersion;
    }
}
