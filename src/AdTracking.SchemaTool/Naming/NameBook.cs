namespace AdTracking.SchemaTool.Naming;

/// <summary>Gives names to generated types, each once: no two types of a namespace, no two files (on disks that do not tell capitals apart,
/// either), no type with the name of a namespace, none with a name that generated code uses for something else.</summary>
internal sealed class NameBook(IEnumerable<string> namespaces)
{
    // What generated code calls by its simple name.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "AvroBytes", "AvroDuration", "AvroItemReader", "AvroList", "AvroMap", "AvroNanos", "AvroNull", "AvroReader", "AvroRecord", "AvroWriter",
        "DateOnly", "DateTime", "DateTimeOffset", "Guid", "IAvroRecord", "NotNullWhen", "NotNullWhenAttribute", "Nullable", "Object",
        "ReadOnlySpan", "RecordText", "Span", "String", "System", "TimeOnly", "TimeSpan", "ValueType",
        "EventFault", "EventFields", "EventKind", "EventLayout", "EventName", "EventRecord", "EventSchemas", "EventView", "FieldKind", "FieldOwner",
        "FieldPattern", "FieldRule", "IEventRecord", "IReadOnlyList", "MacroPolicy", "RecordFill",
    };

    private readonly HashSet<string> _types = [.. namespaces.SelectMany(Prefixes)];
    private readonly HashSet<string> _stems = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a word that generated code uses for something else; no type can have the name of a member of its own.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word) || CSharpNames.OwnMembers.Contains(word);

    /// <summary>Gives the first of the candidates that is free, and the last with a number where none is.</summary>
    /// <param name="ns">C# namespace of the type.</param>
    /// <param name="suffixes">What stands behind the name in the names of types and files that go with it; "" is the type itself.</param>
    /// <param name="candidates">Names, the best first.</param>
    public CSharpName Give(string ns, string[] suffixes, params string[] candidates)
    {
        var numbered = Enumerable.Range(2, int.MaxValue - 2).Select(number => candidates[^1] + number);
        var name = candidates.Concat(numbered).First(candidate => IsFree(ns, candidate, suffixes));
        _types.UnionWith(suffixes.Select(suffix => $"{ns}.{name}{suffix}"));
        var stems = Enumerable.Range(2, int.MaxValue - 2).Select(number => name + number).Prepend($"{ns}.{name}").Prepend(name);
        var stem = stems.First(candidate => !suffixes.Any(suffix => _stems.Contains(candidate + suffix)));
        _stems.UnionWith(suffixes.Select(suffix => stem + suffix));
        return new CSharpName(ns, name, stem);
    }

    private static IEnumerable<string> Prefixes(string ns)
    {
        for (var dot = ns.IndexOf('.'); dot >= 0; dot = ns.IndexOf('.', dot + 1))
        {
            yield return ns[..dot];
        }

        yield return ns;
    }

    private bool IsFree(string ns, string name, string[] suffixes) =>
        !IsReserved(name) && !suffixes.Any(suffix => _types.Contains($"{ns}.{name}{suffix}"));
}
