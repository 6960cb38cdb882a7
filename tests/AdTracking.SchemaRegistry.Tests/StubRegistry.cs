using System.Net;
using System.Text;

namespace AdTracking.SchemaRegistry.Tests;

/// <summary>Answers requests without a network and remembers them.</summary>
internal sealed class StubRegistry(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public List<(string Line, string Body, string? Authorization)> Requests { get; } = [];

    public static StubRegistry Answering(HttpStatusCode status, string body) => new((_, _) => Task.FromResult(Response(status, body)));

    public static HttpResponseMessage Response(HttpStatusCode status, string body) =>
        new(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(($"{request.Method} {request.RequestUri!.AbsoluteUri}", body, request.Headers.Authorization?.ToString()));
        return await answer(request, cancellationToken);
    }
}
