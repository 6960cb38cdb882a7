using System.Buffers;
using System.Text.Json;
using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Responses;

/// <summary>Errors outside a batch: RFC 9457 problem details with the product's own <c>code</c>.</summary>
internal static class Problem
{
    /// <summary>When a caller may try again. Callers add jitter of their own.</summary>
    public static readonly StringValues RetryAfterSeconds = "2";

    /// <summary>Exchanges retry a billing notice for hours, so they are asked for less haste.</summary>
    public static readonly StringValues BillingRetryAfterSeconds = "10";

    private static readonly StringValues ProblemType = "application/problem+json";
    private static readonly StringValues NoStore = "no-store";

    /// <summary>An answer to a request whose body may not be read: what is not worth reading to its end closes the connection.</summary>
    public static void Refuse(Exchange exchange, FaultCode code)
    {
        if (code is FaultCode.BodyTooLarge or FaultCode.RequestTimeout or FaultCode.BadRequest)
        {
            exchange.Headers.Connection = "close";
        }

        Send(exchange, code);
    }

    /// <param name="exchange">The request.</param>
    /// <param name="code">What is wrong; gives the status.</param>
    /// <param name="detail">More than the code's own meaning, for people.</param>
    /// <param name="field">The field at fault, where there is one.</param>
    public static void Send(Exchange exchange, FaultCode code, string? detail = null, string? field = null)
    {
        var status = FaultCodes.Status(code);
        exchange.Status = status;
        exchange.Headers.ContentType = ProblemType;
        exchange.Headers.CacheControl = NoStore;
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            exchange.Headers.RetryAfter = exchange.Route == IntakeRoute.BillingNotice ? BillingRetryAfterSeconds : RetryAfterSeconds;
        }

        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank"u8);
            json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status"u8, status);
            json.WriteString("code"u8, FaultCodes.Tag(code));
            json.WriteString("detail"u8, detail ?? FaultCodes.Meaning(code));
            if (field is not null)
            {
                json.WriteString("field"u8, field);
            }

            json.WriteEndObject();
        }

        exchange.Headers.ContentLength = body.WrittenCount;
        if (!exchange.IsHead)
        {
            exchange.Write(body.WrittenSpan);
        }
    }
}
