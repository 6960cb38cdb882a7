using System.Text;
using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Naming;

/// <summary>Names of C# for names of Avro.</summary>
internal static class CSharpNames
{
    // What a generated record has beside its fields' properties, what every object has, and static classes that its code calls.
    private static readonly string[] Taken =
    [
        "Clone", "Decode", "Encode", "EqualityContract", "Equals", "Fill", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "PrintMembers",
        "ReferenceEquals", "SchemaJson", "ToString", "TryDecode", "TryEncode", "Validate", "AvroList", "AvroMap", "AvroRecord",
    ];

    // Used in expressions: a property of that name and another type would hide them.
    private static readonly string[] Helpers = ["AvroNanos", "DateOnly", "DateTime", "DateTimeOffset", "Guid", "TimeOnly", "RecordText"];

    /// <summary><c>price_cpm_micros</c> and <c>PRICE_CPM_MICROS</c> become <c>PriceCpmMicros</c>, <c>firstQuartile</c> becomes
    /// <c>FirstQuartile</c>.</summary>
    public static string Pascal(string name)
    {
        var shouting = !name.Any(char.IsAsciiLetterLower);
        var pascal = new StringBuilder(name.Length);
        foreach (var word in name.Split(['_', '.', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            pascal.Append(char.ToUpperInvariant(word[0])).Append(shouting ? word[1..].ToLowerInvariant() : word[1..]);
        }

        if (pascal.Length == 0)
        {
            return "Value";
        }

        return char.IsAsciiDigit(pascal[0]) ? "_" + pascal : pascal.ToString();
    }

    /// <summary>The namespace for a schema's: each part with a capital, and none a word that generated code needs.</summary>
    public static string Namespace(SchemaName name) => name.Namespace.Length == 0
        ? "Generated"
        : string.Join('.', name.Namespace.Split('.').Select(Pascal).Select(static part => NameBook.IsReserved(part) ? part + "Types" : part));

    /// <summary>The property of every field, in order; names that would collide get a number or a word behind them.</summary>
    /// <param name="record">The record.</param>
    /// <param name="self">Its C# name, which no property may have.</param>
    public static IReadOnlyList<string> Properties(RecordSchema record, string? self = null)
    {
        var used = new HashSet<string>([.. Taken, .. Helpers, self ?? Pascal(record.Name.Name)], StringComparer.Ordinal);
        return [.. record.Fields.Select(field => Unused(Pascal(field.Name), "Value", used))];
    }

    /// <summary>What stands in a generated record beside its properties.</summary>
    public static IEnumerable<string> OwnMembers => Taken;

    /// <summary>The members of an enum, in the order of its symbols.</summary>
    public static IReadOnlyList<string> Members(EnumSchema symbols)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. symbols.Symbols.Select(symbol => Unused(Pascal(symbol), "", used))];
    }

    /// <summary>The name, or the name with a suffix and a number where it is used already.</summary>
    public static string Unused(string name, string suffix, HashSet<string> used)
    {
        if (used.Add(name))
        {
            return name;
        }

        var candidate = name + suffix;
        for (var number = 2; !used.Add(candidate); number++)
        {
            candidate = name + suffix + number;
        }

        return candidate;
    }
}
