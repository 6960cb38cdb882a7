using System.Net;

namespace AdTracking.Testing;

/// <summary><see cref="FakeRegistry"/> behind a socket, for other processes.</summary>
public sealed class FakeRegistryServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly FakeRegistry _registry = new();
    private readonly Task _loop;

    public FakeRegistryServer()
    {
        Url = $"http://127.0.0.1:{FreePorts.Take()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _loop = ServeAsync();
    }

    public string Url { get; }

    public void Dispose()
    {
        _listener.Stop();
        _loop.Wait(TimeSpan.FromSeconds(5));
        _listener.Close();
        _registry.Dispose();
    }

    private async Task ServeAsync()
    {
        using var client = _registry.Client();
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.Url)
            {
                Content = new StringContent(await reader.ReadToEndAsync()),
            };
            using var answer = await client.SendAsync(request);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = "application/vnd.schemaregistry.v1+json";
            await answer.Content.CopyToAsync(context.Response.OutputStream);
            context.Response.Close();
        }
    }
}
