using System.Collections.Immutable;

namespace AdTracking.Events.Layout;

/// <summary>One event class as the hot path sees it: fields in schema order, the byte that each writes when it is not set, and name tables.
/// Generated code holds one instance per class, for the life of the process.</summary>
public sealed class EventLayout
{
    private readonly byte[] _defaults;

    /// <summary>Builds the tables.</summary>
    /// <param name="name">Record name of the schema.</param>
    /// <param name="kind">Event class.</param>
    /// <param name="schemaJson">The whole schema, as it is registered.</param>
    /// <param name="revision">Contract revision of the generated code, stored in every event.</param>
    /// <param name="fields">Fields in schema order, at most 128.</param>
    /// <param name="names">Event names of this class.</param>
    /// <param name="aliases">Older spellings and the name that each stands for.</param>
    public EventLayout(
        string name,
        EventKind kind,
        string schemaJson,
        int revision,
        FieldRule[] fields,
        EventName[] names,
        (string Alias, string Name)[]? aliases = null)
    {
        if (fields.Length > EventLimits.FieldsMax)
        {
            throw new ArgumentException("More than 128 fields.", nameof(fields));
        }

        Name = name;
        Kind = kind;
        SchemaJson = schemaJson;
        Revision = revision;
        Fields = [.. fields];
        Names = [.. names];
        Aliases = aliases is null ? [] : [.. aliases];
        // Runs of defaults are copied 32 bytes at a time, so 32 bytes may be read from the last one.
        _defaults = [.. fields.Select(field => field.DefaultByte), .. new byte[32]];
        Checks = [.. fields.Select(field => new FieldCheck(field))];
        JsonNames = new NameTable(NamesOfJson(fields));
        QueryNames = new NameTable(NamesOfQuery(fields));
        Known = new KnownFields(fields);
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Required)
            {
                RequiredBits |= UInt128.One << i;
            }
        }
    }

    /// <summary>Record name of the schema.</summary>
    public string Name { get; }

    /// <summary>Event class.</summary>
    public EventKind Kind { get; }

    /// <summary>The whole schema, as it is registered.</summary>
    public string SchemaJson { get; }

    /// <summary>Contract revision, stored in every event.</summary>
    public int Revision { get; }

    /// <summary>Fields in schema order.</summary>
    public ImmutableArray<FieldRule> Fields { get; }

    /// <summary>Event names of this class.</summary>
    public ImmutableArray<EventName> Names { get; }

    /// <summary>Older spellings and the name that each stands for.</summary>
    public ImmutableArray<(string Alias, string Name)> Aliases { get; }

    /// <summary>The one byte that every field writes when it is not set, in schema order.</summary>
    public ReadOnlySpan<byte> Defaults => _defaults.AsSpan(0, Fields.Length);

    /// <summary>JSON key to field index, or <see cref="DecimalFlag"/> with it for the decimal name of money.</summary>
    public NameTable JsonNames { get; }

    /// <summary>Query name to field index, with the flags of this class.</summary>
    public NameTable QueryNames { get; }

    /// <summary>In a name table's value: the decimal form of a money field.</summary>
    internal const int DecimalFlag = 0x100;

    /// <summary>In a name table's value: a parameter of the request, not of the event; skipped.</summary>
    internal const int RequestParameter = 0x200;

    internal const int FieldMask = 0xFF;

    internal FieldCheck[] Checks { get; }

    internal KnownFields Known { get; }

    internal UInt128 RequiredBits { get; }

    internal ref readonly byte DefaultsStart => ref _defaults[0];

    /// <summary>Index of a field, or -1.</summary>
    /// <param name="name">Avro field name.</param>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static IEnumerable<(string Name, int Value)> NamesOfJson(FieldRule[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            yield return (fields[i].Name, i);
            if (fields[i].DecimalName is { } name)
            {
                yield return (name, i | DecimalFlag);
            }
        }
    }

    private static IEnumerable<(string Name, int Value)> NamesOfQuery(FieldRule[] fields)
    {
        var names = new Dictionary<string, int>();
        foreach (var parameter in RequestParameters.Names)
        {
            names.Add(parameter, RequestParameter);
        }

        foreach (var (name, value) in NamesOfJson(fields))
        {
            names.Add(name, value);
        }

        for (var i = 0; i < fields.Length; i++)
        {
            var value = fields[i].Kind == FieldKind.MoneyMicros ? i | DecimalFlag : i;
            // Twice the same name for the same field is no clash (gdpr is both its short and its full name).
            foreach (var name in new[] { fields[i].Query ?? fields[i].Name, fields[i].QueryAlias ?? fields[i].Name })
            {
                if (!name.EndsWith(".*", StringComparison.Ordinal) && !names.TryAdd(name, value) && (names[name] & FieldMask) != i)
                {
                    throw new ArgumentException($"The query name '{name}' stands for two fields.", nameof(fields));
                }
            }
        }

        return names.Select(pair => (pair.Key, pair.Value));
    }
}
