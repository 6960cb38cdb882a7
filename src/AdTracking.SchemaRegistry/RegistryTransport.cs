using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdTracking.SchemaRegistry;

/// <summary>One request and its answer: addresses, limits, and every way to fail turned into one exception.</summary>
internal sealed class RegistryTransport
{
    private const string MediaType = "application/vnd.schemaregistry.v1+json";
    private const int MessageCharsMax = 500;
    private readonly HttpClient _http;
    private readonly SchemaRegistryOptions _options;
    private readonly TimeProvider _clock;
    private readonly RegistryNode[] _nodes;
    private volatile int _current;

    public RegistryTransport(HttpClient http, SchemaRegistryOptions options, TimeProvider clock)
    {
        _http = http;
        _options = options;
        _clock = clock;
        _nodes = [.. options.FurtherAddresses.Prepend(options.BaseAddress).Select(address => new RegistryNode(address, options))];
    }

    /// <summary>Sends and reads the answer; null where it is 404 with one of the error codes that mean so.</summary>
    public async Task<T?> SendAsync<T>(RegistryCall<T> call, CancellationToken cancellation)
        where T : class
    {
        if (_options.Attempts is not { } attempts)
        {
            return await SendToAnyAsync(call, cancellation);
        }

        T? answer = null;
        await attempts(async ended => answer = await SendToAnyAsync(call, ended), cancellation);
        return answer;
    }

    /// <summary>The bytes of a JSON body.</summary>
    public static byte[] Body<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    // Begins with the node that answered last; each is asked once.
    private async Task<T?> SendToAnyAsync<T>(RegistryCall<T> call, CancellationToken cancellation)
        where T : class
    {
        var first = _current;
        for (var asked = 1; ; asked++)
        {
            var index = (first + asked - 1) % _nodes.Length;
            try
            {
                var answer = await SendToAsync(_nodes[index], call, cancellation);
                _current = index;
                return answer;
            }
            catch (SchemaRegistryException fault) when (fault.IsTransient && asked < _nodes.Length)
            {
                // The next one may be well.
            }
        }
    }

    private async Task<T?> SendToAsync<T>(RegistryNode node, RegistryCall<T> call, CancellationToken cancellation)
        where T : class
    {
        var address = node.Address + call.Path;
        using HttpRequestMessage request = new(call.Method, new Uri(address)) { Content = call.Body is null ? null : Content(call.Body) };
        request.Headers.Accept.ParseAdd(MediaType);
        request.Headers.Accept.ParseAdd("application/json;q=0.9");
        request.Headers.Authorization = node.Authorization();
        using CancellationTokenSource timeout = new(_options.RequestTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var content = await ReadAsync(answer, node.Address, either.Token);
            return answer.IsSuccessStatusCode
                ? Parse(content, call, answer.StatusCode, address)
                : Refused<T>(content, answer.StatusCode, call.Missing, node.Address);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            var message = $"The registry at {node.Address} did not answer within {_options.RequestTimeout.TotalSeconds:0.###} s.";
            throw new SchemaRegistryException(message, innerException: late);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            var why = fault.InnerException is System.Security.Authentication.AuthenticationException tls ? tls.Message : fault.Message;
            throw new SchemaRegistryException($"The registry at {node.Address} cannot be reached: {why}", innerException: fault);
        }
    }

    private static ByteArrayContent Content(byte[] body)
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        return content;
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage answer, string address, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentLength > _options.ResponseBytesMax)
        {
            throw TooLong(answer.StatusCode, address);
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        using MemoryStream content = new();
        var buffer = new byte[8192];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (content.Length + read > _options.ResponseBytesMax)
            {
                throw TooLong(answer.StatusCode, address);
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static T Parse<T>(byte[] content, RegistryCall<T> call, HttpStatusCode status, string address)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(content, call.Type) is not { } value)
            {
                throw Garbage("there is nothing in it", status, address);
            }

            return call.Lacks?.Invoke(value) is { } lacking ? throw Garbage($"\"{lacking}\" is missing or cannot be", status, address) : value;
        }
        catch (JsonException fault)
        {
            throw Garbage("it is not the JSON that was asked for", status, address, fault);
        }
    }

    private SchemaRegistryException TooLong(HttpStatusCode status, string address) =>
        new($"The registry at {address} answered with more than {_options.ResponseBytesMax} bytes.", status) { IsGarbage = true };

    private static SchemaRegistryException Garbage(string why, HttpStatusCode status, string address, JsonException? fault = null) =>
        new($"The answer of {address} is not what a registry says: {why}.", status, innerException: fault) { IsGarbage = true };

    private static T? Refused<T>(byte[] content, HttpStatusCode status, int[] missing, string address)
        where T : class
    {
        RegistryMessages.ErrorBody? error = null;
        try
        {
            error = JsonSerializer.Deserialize(content, RegistryJson.Default.ErrorBody);
        }
        catch (JsonException)
        {
            // A proxy's page or nothing at all: the status says enough.
        }

        if (status == HttpStatusCode.NotFound && missing.Contains(error?.ErrorCode ?? 0))
        {
            return null;
        }

        var said = error?.Message ?? "no reason given";
        said = said.Length > MessageCharsMax ? said[..MessageCharsMax] + "..." : said;
        var message = $"The registry at {address} refused: {(int)status}, error code {error?.ErrorCode?.ToString() ?? "none"}: {said}";
        throw new SchemaRegistryException(message, status, error?.ErrorCode);
    }
}
