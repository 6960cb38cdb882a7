using System.Net;

namespace AdTracking.SchemaRegistry;

/// <summary>A Schema Registry refused, gave an invalid answer or did not answer.</summary>
public sealed class SchemaRegistryException : Exception
{
    /// <summary>Makes the exception.</summary>
    public SchemaRegistryException(string message, HttpStatusCode? statusCode = null, int? errorCode = null, Exception? innerException = null)
        : base(message, innerException)
    {
        StatusCode = statusCode;
        ErrorCode = errorCode;
    }

    /// <summary>The HTTP status, or null where there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The <c>error_code</c> of the answer: 40401 subject, 40402 version, 40403 schema not found, 42201 invalid schema ...</summary>
    public int? ErrorCode { get; }

    /// <summary>True where there was no answer: refused, no such host, time out.</summary>
    public bool IsUnreachable => StatusCode is null;

    /// <summary>True where the answer is not that of a registry, whatever its status: not its JSON, truncated, incomplete, too long.</summary>
    public bool IsGarbage { get; init; }

    /// <summary>True where trying again later, or at another node, may help: no answer, an invalid answer, 408, 429, 5xx.</summary>
    public bool IsTransient => IsGarbage || StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or >= HttpStatusCode.InternalServerError;
}
