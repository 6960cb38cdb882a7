using System.Collections.Immutable;
using AdTracking.Events.Faults;

namespace AdTracking.Events.Layout;

/// <summary>One field of an event class: its names and everything that an event is checked against. The schema files say it; generated code
/// carries it here.</summary>
public sealed class FieldRule
{
    /// <summary>Makes a rule; generated code names its arguments.</summary>
    /// <param name="name">Avro field name, also the JSON key.</param>
    /// <param name="kind">What the field holds.</param>
    /// <param name="nullable">Avro type is <c>["null", T]</c> with default null.</param>
    /// <param name="query">Short name in query strings; the full name is understood there as well.</param>
    /// <param name="queryAlias">One more name in query strings (<c>gdrp</c>).</param>
    /// <param name="owner">Who may set it.</param>
    /// <param name="required">The event is rejected without it.</param>
    /// <param name="lengthMax">Longest text in bytes of UTF-8, of a map the longest value; 0 takes the default.</param>
    /// <param name="itemsMax">Most entries of an array or map; 0 takes the default.</param>
    /// <param name="keyLengthMax">Longest key of a map in bytes; 0 takes the default.</param>
    /// <param name="min">Smallest number.</param>
    /// <param name="max">Largest number.</param>
    /// <param name="pattern">What text is admitted.</param>
    /// <param name="macro">What an unresolved macro does.</param>
    /// <param name="symbols">Names of an enum, in schema order.</param>
    /// <param name="symbolDefault">Index of the enum's default.</param>
    /// <param name="decimalName">Money: JSON key of the decimal form (<c>price_cpm</c>); the query name takes the decimal form too.</param>
    public FieldRule(
        string name,
        FieldKind kind,
        bool nullable = false,
        string? query = null,
        string? queryAlias = null,
        FieldOwner owner = FieldOwner.Sender,
        bool required = false,
        int lengthMax = 0,
        int itemsMax = 0,
        int keyLengthMax = 0,
        long min = long.MinValue,
        long max = long.MaxValue,
        FieldPattern pattern = FieldPattern.None,
        MacroPolicy macro = MacroPolicy.None,
        string[]? symbols = null,
        int symbolDefault = 0,
        string? decimalName = null)
    {
        Name = name;
        Kind = kind;
        Nullable = nullable;
        Query = query;
        QueryAlias = queryAlias;
        Owner = owner;
        Required = required;
        LengthMax = Limit(lengthMax, kind == FieldKind.StringMap ? EventLimits.ExtValueBytesMax : EventLimits.TextBytesMax);
        ItemsMax = Limit(itemsMax, kind == FieldKind.StringMap ? EventLimits.ExtEntriesMax : EventLimits.ArrayItemsMax);
        KeyLengthMax = Limit(keyLengthMax, EventLimits.ExtKeyBytesMax);
        (Min, Max) = Range(kind, min, max);
        Pattern = pattern;
        Macro = macro;
        Symbols = symbols is null ? [] : [.. symbols];
        SymbolDefault = symbolDefault;
        DecimalName = decimalName;
        SymbolNames = kind == FieldKind.Enum ? new NameTable(Symbols.Select((symbol, index) => (symbol, index))) : NameTable.Empty;
    }

    /// <summary>Avro field name and JSON key.</summary>
    public string Name { get; }

    /// <summary>What the field holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>A union with null; absent is null.</summary>
    public bool Nullable { get; }

    /// <summary>Short name in query strings.</summary>
    public string? Query { get; }

    /// <summary>One more name in query strings.</summary>
    public string? QueryAlias { get; }

    /// <summary>Who may set it.</summary>
    public FieldOwner Owner { get; }

    /// <summary>The event is rejected without it.</summary>
    public bool Required { get; }

    /// <summary>Longest text in bytes of UTF-8; of a map the longest value.</summary>
    public int LengthMax { get; }

    /// <summary>Most entries of an array or map.</summary>
    public int ItemsMax { get; }

    /// <summary>Longest key of a map, in bytes of UTF-8.</summary>
    public int KeyLengthMax { get; }

    /// <summary>Smallest number.</summary>
    public long Min { get; }

    /// <summary>Largest number.</summary>
    public long Max { get; }

    /// <summary>Which text is accepted.</summary>
    public FieldPattern Pattern { get; }

    /// <summary>What an unresolved macro does.</summary>
    public MacroPolicy Macro { get; }

    /// <summary>Names of an enum, in schema order.</summary>
    public ImmutableArray<string> Symbols { get; }

    /// <summary>Index of the enum's default.</summary>
    public int SymbolDefault { get; }

    /// <summary>Money: JSON key of the decimal form.</summary>
    public string? DecimalName { get; }

    internal NameTable SymbolNames { get; }

    /// <summary>The one byte that Avro writes when the field is not set: null branch, false, zero, empty text, empty map, or the default symbol.</summary>
    internal byte DefaultByte => Kind == FieldKind.Enum && !Nullable ? checked((byte)(SymbolDefault << 1)) : (byte)0;

    /// <summary>Checks text: the rules of decoding, for whoever builds events by hand.</summary>
    /// <param name="utf8">Text; of an enum the symbol, of a map one value.</param>
    public FaultCode CheckText(ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return FaultCode.BadUtf8;
        }

        if (utf8.Contains((byte)0))
        {
            return FaultCode.BadPattern;
        }

        return TextRules.Check(LengthMax, Pattern, utf8);
    }

    /// <summary>Checks a number, time, symbol index or boolean (0 or 1).</summary>
    /// <param name="value">Value.</param>
    public FaultCode CheckNumber(long value)
    {
        if (Kind == FieldKind.Enum)
        {
            return value >= 0 && value < Symbols.Length ? FaultCode.None : FaultCode.BadEnum;
        }

        return value >= Min && value <= Max ? FaultCode.None : FaultCode.OutOfRange;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Kind})";

    /// <summary>The same field with the same rules, so that it does not matter which class's rule is applied.</summary>
    internal bool IsSameAs(FieldRule other) =>
        (Name, Query, QueryAlias, DecimalName) == (other.Name, other.Query, other.QueryAlias, other.DecimalName)
        && (Kind, Nullable, Owner, Required, Pattern, Macro) == (other.Kind, other.Nullable, other.Owner, other.Required, other.Pattern, other.Macro)
        && (LengthMax, ItemsMax, KeyLengthMax) == (other.LengthMax, other.ItemsMax, other.KeyLengthMax)
        && (Min, Max, SymbolDefault) == (other.Min, other.Max, other.SymbolDefault) && Symbols.SequenceEqual(other.Symbols);

    private static int Limit(int value, int otherwise) => value > 0 ? value : otherwise;

    private static (long Min, long Max) Range(FieldKind kind, long min, long max) => kind switch
    {
        FieldKind.Int or FieldKind.IntArray => (Math.Max(min, int.MinValue), Math.Min(max, int.MaxValue)),
        FieldKind.MoneyMicros => (Math.Max(min, 0), Math.Min(max, EventLimits.MoneyMicrosMax)),
        FieldKind.TimestampMillis => (Math.Max(min, EventLimits.TimestampMsMin), Math.Min(max, EventLimits.TimestampMsMax)),
        _ => (min, max),
    };
}
