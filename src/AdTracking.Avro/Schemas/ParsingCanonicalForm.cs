using System.Text;

namespace AdTracking.Avro.Schemas;

/// <summary>Parsing Canonical Form (Avro 1.12, "Transforming into Parsing Canonical Form"): what two schemas have in common that read the
/// same bytes the same way. Names are full, attributes that do not matter for reading are gone, keys have a fixed order, no
/// spaces.</summary>
public static class ParsingCanonicalForm
{
    /// <summary>The canonical text. It is ASCII: names are.</summary>
    public static string Of(AvroSchema schema)
    {
        StringBuilder text = new();
        Append(text, schema, []);
        return text.ToString();
    }

    private static void Append(StringBuilder text, AvroSchema schema, HashSet<string> written)
    {
        if (schema is NamedSchema named && !written.Add(named.FullName))
        {
            text.Append('"').Append(named.FullName).Append('"');
            return;
        }

        switch (schema)
        {
            case RecordSchema record:
                AppendStart(text, record).Append(",\"fields\":[");
                AppendAll(text, record.Fields, field => AppendField(text, field, written));
                text.Append("]}");
                break;
            case EnumSchema symbols:
                AppendStart(text, symbols).Append(",\"symbols\":[");
                AppendAll(text, symbols.Symbols, symbol => text.Append('"').Append(symbol).Append('"'));
                text.Append("]}");
                break;
            case FixedSchema @fixed:
                AppendStart(text, @fixed).Append(",\"size\":").Append(@fixed.Size).Append('}');
                break;
            case ArraySchema array:
                text.Append("{\"type\":\"array\",\"items\":");
                Append(text, array.Items, written);
                text.Append('}');
                break;
            case MapSchema map:
                text.Append("{\"type\":\"map\",\"values\":");
                Append(text, map.Values, written);
                text.Append('}');
                break;
            case UnionSchema union:
                text.Append('[');
                AppendAll(text, union.Branches, branch => Append(text, branch, written));
                text.Append(']');
                break;
            default:
                text.Append('"').Append(schema.TypeName).Append('"');
                break;
        }
    }

    private static StringBuilder AppendStart(StringBuilder text, NamedSchema schema) =>
        text.Append("{\"name\":\"").Append(schema.FullName).Append("\",\"type\":\"").Append(schema.TypeName).Append('"');

    private static void AppendField(StringBuilder text, RecordField field, HashSet<string> written)
    {
        text.Append("{\"name\":\"").Append(field.Name).Append("\",\"type\":");
        Append(text, field.Schema, written);
        text.Append('}');
    }

    private static void AppendAll<T>(StringBuilder text, IReadOnlyList<T> items, Action<T> append)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            append(items[i]);
        }
    }
}
