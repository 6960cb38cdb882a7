using System.Text;

namespace AdTracking.Events.Tests.Scanning;

/// <summary>Random JSON texts, mostly right ones.</summary>
internal static class JsonTexts
{
    private static readonly string[] Scalars =
    [
        "true", "false", "null", "0", "-0", "1", "-1", "12345678901234567890", "0.5", "-1.25e+10", "1E-7", "1e400",
        "\"\"", "\"abc\"", "\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\uD83D\\uDE00\"", "\"\\ud800\"", "\"ü😀\"",
        "\"a text of more than thirty-two bytes, so that whole vectors are read\"",
        "01", "1.", ".5", "+1", "1e", "tru", "nul", "'a'", "\"a\tb\"", "\"\\x\"", "\"\\u12G4\"",
    ];

    /// <summary>A text of up to a few hundred bytes.</summary>
    public static byte[] Random(Random random)
    {
        var text = new StringBuilder();
        Value(text, random, random.Next(1, 10));
        Blank(text, random);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Value(StringBuilder text, Random random, int depth)
    {
        Blank(text, random);
        var kind = depth == 0 ? 2 : random.Next(4);
        if (kind >= 2)
        {
            text.Append(Scalars[random.Next(random.Next(8) == 0 ? Scalars.Length : 19)]);
            return;
        }

        text.Append(kind == 0 ? '{' : '[');
        for (var i = random.Next(4); i > 0; i--)
        {
            Blank(text, random);
            if (kind == 0)
            {
                text.Append(random.Next(20) == 0 ? "1:" : "\"key" + random.Next(100) + "\"" + (random.Next(3) == 0 ? " :" : ":"));
            }

            Value(text, random, depth - 1);
            Blank(text, random);
            if (i > 1 || random.Next(30) == 0)
            {
                text.Append(',');
            }
        }

        text.Append((kind == 0) == (random.Next(40) != 0) ? '}' : ']');
    }

    private static void Blank(StringBuilder text, Random random)
    {
        if (random.Next(4) == 0)
        {
            text.Append(" \n\r\t"[random.Next(4)]);
        }
        else if (random.Next(200) == 0)
        {
            text.Append("/**/ ");
        }
    }
}
