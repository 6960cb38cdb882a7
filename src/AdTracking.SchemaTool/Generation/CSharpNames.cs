using System.Text;
using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>Names of C# for names of Avro.</summary>
internal static class CSharpNames
{
    // What a generated record has beside its fields' properties, and what every object has.
    private static readonly string[] Taken =
    [
        "Decode", "Encode", "EqualityContract", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "PrintMembers",
        "ReferenceEquals", "SchemaJson", "ToString", "TryDecode", "TryEncode", "Validate",
    ];

    /// <summary>
    /// <c>price_cpm_micros</c> and <c>PRICE_CPM_MICROS</c> become <c>PriceCpmMicros</c>, <c>firstQuartile</c> becomes <c>FirstQuartile</c>.
    /// </summary>
    public static string Pascal(string name)
    {
        bool shouting = !name.Any(char.IsAsciiLetterLower);
        var pascal = new StringBuilder(name.Length);
        foreach (string word in name.Split(['_', '.', '-'], StringSplitOptions.RemoveEmptyEntries))
            pascal.Append(char.ToUpperInvariant(word[0])).Append(shouting ? word[1..].ToLowerInvariant() : word[1..]);
        if (pascal.Length == 0 || char.IsAsciiDigit(pascal[0]))
            pascal.Insert(0, '_');
        return pascal.ToString();
    }

    /// <summary>The namespace for a schema's: each part with a capital.</summary>
    public static string Namespace(SchemaName name) =>
        name.Namespace.Length == 0 ? "Generated" : string.Join('.', name.Namespace.Split('.').Select(Pascal));

    /// <summary>The property of every field, in order; names that would collide get a number or a word behind them.</summary>
    public static IReadOnlyList<string> Properties(RecordSchema record)
    {
        var used = new HashSet<string>(Taken, StringComparer.Ordinal) { Pascal(record.Name.Name) };
        return [.. record.Fields.Select(field => Unused(Pascal(field.Name), "Value", used))];
    }

    /// <summary>The members of an enum, in the order of its symbols.</summary>
    public static IReadOnlyList<string> Members(EnumSchema symbols)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. symbols.Symbols.Select(symbol => Unused(Pascal(symbol), "", used))];
    }

    private static string Unused(string name, string suffix, HashSet<string> used)
    {
        if (used.Add(name))
            return name;
        string candidate = name + suffix;
        for (int number = 2; !used.Add(candidate); number++)
            candidate = name + suffix + number;
        return candidate;
    }
}
