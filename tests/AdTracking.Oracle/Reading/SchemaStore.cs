using System.Net;
using System.Text.Json;
using AdTracking.Oracle.Sending;

namespace AdTracking.Oracle.Reading;

/// <summary>Schemas by their id, from the registry that the gateway names. Waits for it, since it may live in a gateway that was killed.</summary>
internal sealed class SchemaStore(GatewayFile gateway, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<int, AvroType> _known = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public AvroType Get(int id)
    {
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (TryFetch(id) is { } fetched)
            {
                return _known[id] = fetched;
            }

            stop.WaitHandle.WaitOne(Interval);
        }
    }

    public void Dispose() => _http.Dispose();

    private AvroType? TryFetch(int id)
    {
        if (gateway.Registry is not { } registry)
        {
            return null;
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(registry, $"schemas/ids/{id}"));
            using var answer = _http.Send(request, stop);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                throw new InvalidDataException($"no schema has the id {id}");
            }

            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            using var json = JsonDocument.Parse(answer.Content.ReadAsStream(stop));
            return AvroType.Parse(json.RootElement.GetProperty("schema").GetString()!);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException or TaskCanceledException)
        {
            return null;
        }
    }
}
