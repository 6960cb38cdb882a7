using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AdTracking.Kafka.Authentication;

/// <summary>Tokens by the client credentials grant of OAuth 2 (RFC 6749, 4.4), over HTTPS. A token is used for four fifths of its life.</summary>
internal sealed class ClientCredentialsSource : ITokenSource
{
    private const int AnswerBytesMax = 1_048_576;
    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly string _authorization;
    private readonly string? _scope;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private string? _token;
    private DateTimeOffset _renewAt;

    /// <summary>Makes a source; the client's own settings decide which certificates are trusted.</summary>
    /// <exception cref="ArgumentException">The endpoint is not HTTPS.</exception>
    public ClientCredentialsSource(HttpClient http, Uri endpoint, string clientId, string clientSecret, string? scope, TimeProvider? clock = null)
    {
        if (endpoint.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException("The token endpoint has to be an https address.", nameof(endpoint));
        }

        _http = http;
        _endpoint = endpoint;
        _scope = scope;
        _clock = clock ?? TimeProvider.System;
        _authorization = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(clientSecret)}"));
    }

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_token is not null && _clock.GetUtcNow() < _renewAt)
            {
                return _token;
            }
        }

        var (token, lifeSeconds) = await FetchAsync(cancellation);
        lock (_gate)
        {
            _token = token;
            _renewAt = _clock.GetUtcNow() + TimeSpan.FromSeconds(0.8 * lifeSeconds);
        }

        return token;
    }

    private async Task<(string Token, double LifeSeconds)> FetchAsync(CancellationToken cancellation)
    {
        try
        {
            var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
            if (_scope is not null)
            {
                form.Add(new("scope", _scope));
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new FormUrlEncodedContent(form) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", _authorization);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw new SaslException($"The token endpoint {_endpoint} answered {(int)response.StatusCode}.");
            }

            await response.Content.LoadIntoBufferAsync(AnswerBytesMax, cancellation);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return Read(answer.RootElement) ?? throw new SaslException($"The token endpoint {_endpoint} answered without an access token.");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            throw new SaslException($"The token endpoint {_endpoint} gave no token: {failure.Message}", failure);
        }
    }

    // A token without a life is asked for again by every connection.
    private static (string Token, double LifeSeconds)? Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("access_token"u8, out var token)
            || token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } text)
        {
            return null;
        }

        var hasLife = answer.TryGetProperty("expires_in"u8, out var life) && life.ValueKind == JsonValueKind.Number;
        return (text, hasLife ? Math.Clamp(life.GetDouble(), 0, 86_400) : 0);
    }
}
