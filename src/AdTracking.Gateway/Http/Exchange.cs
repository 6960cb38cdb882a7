using System.Diagnostics;
using System.IO.Pipelines;
using AdTracking.Gateway.Identity;
using Microsoft.AspNetCore.Http.Features;

namespace AdTracking.Gateway.Http;

/// <summary>One request and its answer. Kestrel keeps one of these with each connection, so that a request allocates none; the feature
/// objects are the connection's own and stay the same from request to request.</summary>
internal sealed class Exchange
{
    private const int PartBytes = 2_048; // fits the 4 KiB blocks of Kestrel's memory pool

    private readonly IHttpRequestFeature _request;
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _responseBody;
    private readonly IRequestBodyPipeFeature _requestBody;
    private readonly IHttpConnectionFeature _connection;

    public Exchange(IFeatureCollection features)
    {
        _request = features.GetRequiredFeature<IHttpRequestFeature>();
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
        _responseBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _requestBody = features.GetRequiredFeature<IRequestBodyPipeFeature>();
        _connection = features.GetRequiredFeature<IHttpConnectionFeature>();
    }

    public string Method => _request.Method;

    public string Path => _request.Path;

    /// <summary>What follows the question mark, still percent-encoded.</summary>
    public ReadOnlySpan<char> Query => _request.QueryString is { Length: > 1 } query ? query.AsSpan(1) : default;

    public IHeaderDictionary RequestHeaders => _request.Headers;

    public IHeaderDictionary Headers => _response.Headers;

    public PipeReader Body => _requestBody.Reader;

    public IntakeRoute Route { get; set; }

    /// <summary>HEAD: the answer's headers, and nothing is recorded.</summary>
    public bool IsHead { get; private set; }

    public long StartedAt { get; private set; }

    public int Status
    {
        get => _response.StatusCode;
        set => _response.StatusCode = value;
    }

    /// <summary>Puts bytes of the body where Kestrel sends them from when the request ends, in one piece with the headers.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var output = _responseBody.Writer;
        while (!bytes.IsEmpty)
        {
            // Asked for by size: Kestrel gives an empty span where any size would do and the answer has not begun.
            var part = Math.Min(bytes.Length, PartBytes);
            bytes[..part].CopyTo(output.GetSpan(part));
            output.Advance(part);
            bytes = bytes[part..];
        }
    }

    public void Begin()
    {
        StartedAt = Stopwatch.GetTimestamp();
        Route = IntakeRoute.Unknown;
        IsHead = HttpMethods.IsHead(_request.Method);
    }

    public ClientAddress Client(ClientAddressResolver resolver) =>
        resolver.Resolve(_connection.RemoteIpAddress ?? System.Net.IPAddress.None, _request.Headers["X-Forwarded-For"]);
}
