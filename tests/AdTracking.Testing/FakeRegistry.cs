using System.Net;
using System.Text.Json;

namespace AdTracking.Testing;

/// <summary>As much of a registry as schema ids need, without a network.</summary>
public sealed class FakeRegistry : HttpMessageHandler
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object[]> _references = new(StringComparer.Ordinal);
    private int _next = 100;

    /// <summary>Requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Nothing answers.</summary>
    public bool Down { get; set; }

    /// <summary>Answers every request with this.</summary>
    public HttpStatusCode? Refuses { get; set; }

    public HttpClient Client() => new(this, disposeHandler: false);

    public int Register(string subject, string schema, params object[] references)
    {
        _references[subject + "\n" + schema] = references;
        return _ids[subject + "\n" + schema] = _next++;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        if (Down)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused");
        }

        if (Refuses is { } status)
        {
            return Json(status, """{"error_code":40101,"message":"no"}""");
        }

        var path = request.RequestUri!.AbsolutePath.Split('/');
        if (request.Method == HttpMethod.Get)
        {
            return path[1] == "schemas" ? SchemaOf(int.Parse(path[^1])) : VersionsOf(Uri.UnescapeDataString(path[2]), path.Length > 4 ? path[4] : null);
        }

        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var schema = body.RootElement.GetProperty("schema").GetString()!;
        var key = Uri.UnescapeDataString(path[2]) + "\n" + schema;
        if (path.Length > 3)
        {
            return Json(HttpStatusCode.OK, $$"""{"id":{{(_ids.TryGetValue(key, out var known) ? known : Register(path[2], schema))}}}""");
        }

        if (!_ids.TryGetValue(key, out var id))
        {
            return Json(HttpStatusCode.NotFound, """{"error_code":40403,"message":"Schema not found"}""");
        }

        var version = _ids.Count(entry => entry.Key.StartsWith(Uri.UnescapeDataString(path[2]) + "\n", StringComparison.Ordinal) && entry.Value <= id);
        return Json(HttpStatusCode.OK, JsonSerializer.Serialize(new { subject = path[2], version, id, schema }));
    }

    private HttpResponseMessage VersionsOf(string subject, string? version)
    {
        KeyValuePair<string, int>[] all =
            [.. _ids.Where(entry => entry.Key.StartsWith(subject + "\n", StringComparison.Ordinal)).OrderBy(entry => entry.Value)];
        if (version is null)
        {
            return Json(HttpStatusCode.OK, JsonSerializer.Serialize(Enumerable.Range(1, all.Length)));
        }

        (var key, var id) = all[int.Parse(version) - 1];
        var answer = new { subject, version = int.Parse(version), id, schema = key[(subject.Length + 1)..], references = _references[key] };
        return Json(HttpStatusCode.OK, JsonSerializer.Serialize(answer));
    }

    private HttpResponseMessage SchemaOf(int id)
    {
        var key = _ids.FirstOrDefault(entry => entry.Value == id).Key;
        return key is null
            ? Json(HttpStatusCode.NotFound, """{"error_code":40403,"message":"Schema not found"}""")
            : Json(HttpStatusCode.OK, JsonSerializer.Serialize(new { schema = key[(key.IndexOf('\n') + 1)..], references = _references[key] }));
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string text) =>
        new(status) { Content = new StringContent(text, null, "application/vnd.schemaregistry.v1+json") };
}
