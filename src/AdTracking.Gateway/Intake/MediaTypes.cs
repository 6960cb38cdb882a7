using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Intake;

/// <summary>Reads the <c>Content-Type</c> header.</summary>
internal static class MediaTypes
{
    /// <summary>The type without its parameters. Any charset but UTF-8 makes it another type: it could not be read.</summary>
    public static MediaType Of(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { } text)
        {
            return MediaType.Other;
        }

        // What nearly every request says, word for word.
        if (text == "application/json")
        {
            return MediaType.Json;
        }

        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        var name = (semicolon < 0 ? text : text[..semicolon]).Trim();
        return semicolon < 0 || IsUtf8(text.AsSpan(semicolon + 1)) ? Named(name) : MediaType.Other;
    }

    private static MediaType Named(string name) => name.ToLowerInvariant() switch
    {
        "application/json" => MediaType.Json,
        "application/x-ndjson" or "application/ndjson" or "application/jsonl" => MediaType.JsonLines,
        "application/x-www-form-urlencoded" => MediaType.Form,
        "text/plain" => MediaType.Text,
        _ => MediaType.Other,
    };

    private static bool IsUtf8(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            if (parameter.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))
            {
                var charset = parameter["charset=".Length..].Trim().Trim('"');
                return charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                    || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase)
                    || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
            }
        }

        return true;
    }
}

/// <summary>The content types that a body may have.</summary>
internal enum MediaType
{
    Other,
    Json,
    JsonLines,
    Form,
    Text,
}
