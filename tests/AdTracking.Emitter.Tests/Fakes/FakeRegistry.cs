using System.Net;
using System.Text.Json;

namespace AdTracking.Emitter.Tests;

/// <summary>As much of a registry as schema ids need, without a network.</summary>
internal sealed class FakeRegistry : HttpMessageHandler
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private int _next = 100;

    /// <summary>Requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Nothing answers.</summary>
    public bool Down { get; set; }

    /// <summary>Answers every request with this.</summary>
    public HttpStatusCode? Refuses { get; set; }

    public HttpClient Client() => new(this, disposeHandler: false);

    public int Register(string subject, string schema) => _ids[subject + "\n" + schema] = _next++;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        if (Down)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused");
        if (Refuses is { } status)
            return Json(status, """{"error_code":40101,"message":"no"}""");
        string[] path = request.RequestUri!.AbsolutePath.Split('/');
        if (request.Method == HttpMethod.Get)
            return SchemaOf(int.Parse(path[^1]));
        using JsonDocument body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        string schema = body.RootElement.GetProperty("schema").GetString()!;
        string key = Uri.UnescapeDataString(path[2]) + "\n" + schema;
        if (path.Length > 3)
            return Json(HttpStatusCode.OK, $$"""{"id":{{(_ids.TryGetValue(key, out int known) ? known : Register(path[2], schema))}}}""");
        if (!_ids.TryGetValue(key, out int id))
            return Json(HttpStatusCode.NotFound, """{"error_code":40403,"message":"Schema not found"}""");
        string answer = JsonSerializer.Serialize(new { subject = path[2], version = 1, id, schema });
        return Json(HttpStatusCode.OK, answer);
    }

    private HttpResponseMessage SchemaOf(int id)
    {
        string? key = _ids.FirstOrDefault(entry => entry.Value == id).Key;
        return key is null
            ? Json(HttpStatusCode.NotFound, """{"error_code":40403,"message":"Schema not found"}""")
            : Json(HttpStatusCode.OK, JsonSerializer.Serialize(new { schema = key[(key.IndexOf('\n') + 1)..] }));
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string text) =>
        new(status) { Content = new StringContent(text, null, "application/vnd.schemaregistry.v1+json") };
}
