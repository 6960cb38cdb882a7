namespace AdTracking.Avro.Compatibility;

/// <summary>A reason why data of the writer's schema cannot be read with the reader's.</summary>
public sealed record CompatibilityProblem
{
    internal CompatibilityProblem(SchemaFault fault, SchemaPlace reader, SchemaPlace writer, string location)
    {
        Fault = fault;
        Reader = reader;
        Writer = writer;
        Location = location;
    }

    /// <summary>The rule that is broken.</summary>
    public CompatibilityRule Rule => Fault.Rule;

    /// <summary>Where in the reader's schema.</summary>
    public SchemaPlace Reader { get; }

    /// <summary>Where in the writer's schema.</summary>
    public SchemaPlace Writer { get; }

    /// <summary>What it is about, in the words of Java's implementation: the field's name, the symbols, <c>expected: 4, found: 8</c>.</summary>
    public string Detail => Fault.Detail;

    /// <summary>The one path that Java and the registry print: the reader's, and in a union the writer's branch.</summary>
    public string Location { get; }

    /// <summary>True where the data can still be read, but means something else.</summary>
    public bool IsWarning => CompatibilityRules.IsWarning(Rule);

    /// <summary>A sentence that says what is wrong and what to do, with neither schema being the newer one.</summary>
    public string Message => CompatibilityMessages.Of(Fault, SchemaRoles.Neutral);

    internal SchemaFault Fault { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{CompatibilityRules.NameOf(Rule)} at {Shown(Reader)} (writer: {Shown(Writer)}): {Message}";

    private static string Shown(SchemaPlace place) => place.Pointer.Length == 0 ? "/" : place.Pointer;
}
