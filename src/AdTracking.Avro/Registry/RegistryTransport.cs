using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdTracking.Avro.Registry;

/// <summary>One request and its answer: addresses, authentication, limits, and every way to fail turned into one exception.</summary>
internal sealed class RegistryTransport
{
    private const string MediaType = "application/vnd.schemaregistry.v1+json";
    private const int MessageCharsMax = 500;
    private readonly HttpClient _http;
    private readonly SchemaRegistryOptions _options;
    private readonly TimeProvider _clock;
    private readonly string _base;
    private readonly AuthenticationHeaderValue? _authorization;

    public RegistryTransport(HttpClient http, SchemaRegistryOptions options, TimeProvider clock)
    {
        _http = http;
        _options = options;
        _clock = clock;
        if (!options.BaseAddress.IsAbsoluteUri || options.BaseAddress.Scheme is not ("http" or "https"))
            throw new ArgumentException("The base address of a registry is an absolute http or https address.", nameof(options));
        _base = options.AddressShown;
        _authorization = Authorization(options);
    }

    /// <summary>Sends and reads the answer; null where it is 404 with one of <paramref name="missing"/> as error code.</summary>
    public async Task<T?> SendAsync<T>(
        HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, int[] missing, CancellationToken cancellation)
        where T : class
    {
        using HttpRequestMessage request = new(method, new Uri(_base + path)) { Content = body };
        request.Headers.Accept.ParseAdd(MediaType);
        request.Headers.Accept.ParseAdd("application/json;q=0.9");
        request.Headers.Authorization = _authorization;
        using CancellationTokenSource timeout = new(_options.RequestTimeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            byte[] content = await ReadAsync(answer, either.Token);
            return answer.IsSuccessStatusCode ? Parse(content, type, answer.StatusCode, path) : Refused<T>(content, answer.StatusCode, missing);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            string message = $"The registry at {_base} did not answer within {_options.RequestTimeout.TotalSeconds:0.###} s.";
            throw new SchemaRegistryException(message, innerException: late);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new SchemaRegistryException($"The registry at {_base} cannot be reached: {fault.Message}", innerException: fault);
        }
    }

    /// <summary>A JSON body with the registry's media type.</summary>
    public static HttpContent Body<T>(T value, JsonTypeInfo<T> type)
    {
        ByteArrayContent content = new(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        return content;
    }

    private static AuthenticationHeaderValue? Authorization(SchemaRegistryOptions options)
    {
        string? user = options.Username;
        string? password = options.Password;
        if (user is null && options.BaseAddress.UserInfo.Length > 0)
        {
            string[] parts = options.BaseAddress.UserInfo.Split(':', 2);
            user = Uri.UnescapeDataString(parts[0]);
            password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return user is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using Stream stream = await answer.Content.ReadAsStreamAsync(cancellation);
        using MemoryStream content = new();
        byte[] buffer = new byte[8192];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (content.Length + read > _options.ResponseBytesMax)
            {
                string message = $"The registry at {_base} answered with more than {_options.ResponseBytesMax} bytes.";
                throw new SchemaRegistryException(message, answer.StatusCode);
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private T Parse<T>(byte[] content, JsonTypeInfo<T> type, HttpStatusCode status, string path)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(content, type) is { } value)
                return value;
        }
        catch (JsonException fault)
        {
            throw new SchemaRegistryException($"The answer of {_base}{path} is not what a registry says.", status, innerException: fault);
        }

        throw new SchemaRegistryException($"The answer of {_base}{path} is not what a registry says.", status);
    }

    private T? Refused<T>(byte[] content, HttpStatusCode status, int[] missing)
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
            return null;
        string said = error?.Message ?? "no reason given";
        said = said.Length > MessageCharsMax ? said[..MessageCharsMax] + "..." : said;
        string message = $"The registry at {_base} refused: {(int)status}, error code {error?.ErrorCode?.ToString() ?? "none"}: {said}";
        throw new SchemaRegistryException(message, status, error?.ErrorCode);
    }
}
