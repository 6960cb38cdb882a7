namespace AdTracking.Avro.Parsing;

/// <summary>Text of others inside our messages, cut where more would not help.</summary>
internal static class Shortened
{
    private const int CharsMax = 80;

    public static string Of(string text) => text.Length <= CharsMax ? text : string.Concat(text.AsSpan(0, CharsMax), "...");
}
