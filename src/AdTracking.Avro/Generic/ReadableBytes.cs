using System.Text;
using System.Text.Unicode;

namespace AdTracking.Avro.Generic;

/// <summary>Bytes as text that people can read, and back. What is not printable UTF-8 is <c>base64:...</c>.</summary>
internal static class ReadableBytes
{
    private const string Prefix = "base64:";

    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            var text = Encoding.UTF8.GetString(bytes);
            if (!text.StartsWith(Prefix, StringComparison.Ordinal) && !HasControls(text))
            {
                return text;
            }
        }

        return Prefix + Convert.ToBase64String(bytes);
    }

    public static bool TryBytes(string text, out byte[] bytes)
    {
        bytes = [];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            bytes = Encoding.UTF8.GetBytes(text);
            return true;
        }

        var room = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), room, out var length))
        {
            return false;
        }

        bytes = room[..length];
        return true;
    }

    private static bool HasControls(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
            {
                return true;
            }
        }

        return false;
    }
}
