using System.Text;

namespace AdTracking.Gateway.Intake;

/// <summary>The few query parameters that speak to the gateway itself.</summary>
internal static class QueryParameters
{
    /// <summary>Whether a parameter has just this value, for values that are never percent-encoded.</summary>
    public static bool Has(ReadOnlySpan<char> query, ReadOnlySpan<char> parameter)
    {
        while (!query.IsEmpty)
        {
            if (Next(ref query).SequenceEqual(parameter))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The decoded value of a parameter; null when it is absent, given twice, or not to be decoded.</summary>
    public static string? Single(ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        string? found = null;
        while (!query.IsEmpty)
        {
            var parameter = Next(ref query);
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].SequenceEqual(name))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = Uri.UnescapeDataString(parameter[(equals + 1)..].ToString().Replace('+', ' '));
        }

        return found;
    }

    /// <summary>The query with the value of the key parameter struck out.</summary>
    public static string WithoutSecrets(ReadOnlySpan<char> query)
    {
        var text = new StringBuilder(query.Length);
        while (!query.IsEmpty)
        {
            var parameter = Next(ref query);
            text.Append(text.Length == 0 ? "" : "&");
            text.Append(parameter.StartsWith("key=") ? "key=***" : parameter);
        }

        return text.ToString();
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> query)
    {
        var end = query.IndexOf('&');
        var parameter = end < 0 ? query : query[..end];
        query = end < 0 ? default : query[(end + 1)..];
        return parameter;
    }
}
