using System.Globalization;
using System.Text;

namespace AdTracking.Avro.Records;

/// <summary>The text of a generated record: its name, and the fields that say something. Null, false, 0, "" and empty collections are left
/// out, so that an event of ninety fields stays readable.</summary>
public sealed class RecordText
{
    private readonly StringBuilder _text;
    private bool _any;

    /// <summary>Starts the text of a record.</summary>
    public RecordText(string name) => _text = new StringBuilder(name, 256).Append(" {");

    /// <summary>Adds a field, unless it is empty.</summary>
    public RecordText Add<T>(string field, T value) => SaysNothing(value) ? this : Append(field, value);

    /// <summary>Adds a field, unless it has the schema's default.</summary>
    public RecordText Add<T>(string field, T value, T standard) =>
        EqualityComparer<T>.Default.Equals(value, standard) ? this : Append(field, value);

    /// <summary>Says that a field is set, but not its value, because the value identifies a person.</summary>
    public RecordText AddHidden<T>(string field, T value) => SaysNothing(value) ? this : Append(field, "***");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString() + (_any ? " }" : "}");

    private static bool SaysNothing<T>(T value) => value switch
    {
        null or "" or false or 0 or 0L or 0f or 0d => true,
        System.Collections.ICollection { Count: 0 } => true,
        AvroBytes { Length: 0 } => true,
        _ => value.Equals(DateTimeOffset.UnixEpoch),
    };

    /// <summary>A value as text that is the same in every culture.</summary>
    public static string Of<T>(T value) => value switch
    {
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        DateOnly or TimeOnly => ((IFormattable)value).ToString("o", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };

    private RecordText Append<T>(string field, T value)
    {
        _text.Append(_any ? ", " : " ").Append(field).Append(" = ").Append(Of(value));
        _any = true;
        return this;
    }
}
