using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdTracking.Avro.Schemas;

/// <summary>Writes a schema as JSON, everything included: what is parsed from it is the same schema.</summary>
internal static class SchemaText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it goes into files and requests, not into HTML
        MaxDepth = 1000,
    };

    public static string Of(AvroSchema schema)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            Write(json, schema, "", []);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // A named type is written out where it is met first, which is where the text defined it: the recursion follows the text's nesting.
    private static void Write(Utf8JsonWriter json, AvroSchema schema, string enclosing, HashSet<string> written)
    {
        if (schema is NamedSchema named && !written.Add(named.FullName))
        {
            json.WriteStringValue(named.FullName);
            return;
        }

        if (schema is UnionSchema union)
        {
            json.WriteStartArray();
            foreach (var branch in union.Branches)
            {
                Write(json, branch, enclosing, written);
            }

            json.WriteEndArray();
            return;
        }

        if (schema is PrimitiveSchema && schema.LogicalType is null && schema.Properties.Count == 0)
        {
            json.WriteStringValue(schema.TypeName);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", schema.TypeName);
        WriteBody(json, schema, enclosing, written);
        WriteLogicalType(json, schema.LogicalType);
        WriteProperties(json, schema.Properties);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, AvroSchema schema, string enclosing, HashSet<string> written)
    {
        if (schema is NamedSchema named)
        {
            WriteNaming(json, named, enclosing);
        }

        switch (schema)
        {
            case RecordSchema record:
                json.WriteStartArray("fields");
                foreach (var field in record.Fields)
                {
                    WriteField(json, field, record.Name.Namespace, written);
                }

                json.WriteEndArray();
                break;
            case EnumSchema symbols:
                WriteStrings(json, "symbols", symbols.Symbols);
                if (symbols.Default is not null)
                {
                    json.WriteString("default", symbols.Default);
                }

                break;
            case FixedSchema @fixed:
                json.WriteNumber("size", @fixed.Size);
                break;
            case ArraySchema array:
                json.WritePropertyName("items");
                Write(json, array.Items, enclosing, written);
                break;
            case MapSchema map:
                json.WritePropertyName("values");
                Write(json, map.Values, enclosing, written);
                break;
        }
    }

    private static void WriteNaming(Utf8JsonWriter json, NamedSchema schema, string enclosing)
    {
        json.WriteString("name", schema.Name.Name);
        if (schema.Name.Namespace != enclosing)
        {
            json.WriteString("namespace", schema.Name.Namespace);
        }

        if (schema.Doc is not null)
        {
            json.WriteString("doc", schema.Doc);
        }

        if (schema.Aliases.Count > 0)
        {
            WriteStrings(json, "aliases", schema.Aliases.Select(alias => alias.FullName));
        }
    }

    private static void WriteField(Utf8JsonWriter json, RecordField field, string enclosing, HashSet<string> written)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WritePropertyName("type");
        Write(json, field.Schema, enclosing, written);
        if (field.Doc is not null)
        {
            json.WriteString("doc", field.Doc);
        }

        if (field.Default is { } value)
        {
            json.WritePropertyName("default");
            value.WriteTo(json);
        }

        if (field.Order != FieldOrder.Ascending)
        {
            json.WriteString("order", field.Order == FieldOrder.Ignore ? "ignore" : "descending");
        }

        if (field.Aliases.Count > 0)
        {
            WriteStrings(json, "aliases", field.Aliases);
        }

        WriteProperties(json, field.Properties);
        json.WriteEndObject();
    }

    private static void WriteLogicalType(Utf8JsonWriter json, LogicalType? logical)
    {
        if (logical is null)
        {
            return;
        }

        json.WriteString("logicalType", logical.Name);
        if (logical.Kind != LogicalTypeKind.Decimal)
        {
            return;
        }

        json.WriteNumber("precision", logical.Precision);
        json.WriteNumber("scale", logical.Scale);
    }

    private static void WriteProperties(Utf8JsonWriter json, SchemaProperties properties)
    {
        foreach ((var key, var value) in properties)
        {
            json.WritePropertyName(key);
            value.WriteTo(json);
        }
    }

    private static void WriteStrings(Utf8JsonWriter json, string key, IEnumerable<string> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
