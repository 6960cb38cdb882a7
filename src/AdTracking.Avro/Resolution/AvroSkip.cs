using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Skips a value and checks it as reading would: skipping and reading must accept the same data.</summary>
internal static class AvroSkip
{
    public static void Value(ref AvroReader reader, AvroSchema schema)
    {
        switch (schema)
        {
            case RecordSchema record:
                if (!reader.Enter(record.Fields.Count))
                {
                    return;
                }

                for (var i = 0; i < record.Fields.Count && !reader.Failed; i++)
                {
                    Value(ref reader, record.Fields[i].Schema);
                }

                reader.Leave();
                break;
            case ArraySchema array:
                Blocks(ref reader, array.Items, withKeys: false);
                break;
            case MapSchema map:
                Blocks(ref reader, map.Values, withKeys: true);
                break;
            case UnionSchema union:
                var index = reader.ReadUnionIndex(union.Branches.Count);
                if (!reader.Failed)
                {
                    Value(ref reader, union.Branches[index]);
                }

                break;
            default:
                Plain(ref reader, schema);
                break;
        }
    }

    private static void Blocks(ref AvroReader reader, AvroSchema items, bool withKeys)
    {
        if (!reader.Enter())
        {
            return;
        }

        var min = withKeys ? BlockReading.WithKey(items.EncodedBytesMin) : items.EncodedBytesMin;
        for (var left = reader.ReadArrayBlock(min, out var size); left > 0; left = reader.ReadArrayBlock(min, out size))
        {
            var start = reader.Position;
            for (; left > 0 && !reader.Failed; left--)
            {
                if (withKeys)
                {
                    reader.ReadStringUtf8();
                }

                Value(ref reader, items);
            }

            BlockReading.CheckSize(ref reader, start, size);
        }

        reader.Leave();
    }

    private static void Plain(ref AvroReader reader, AvroSchema schema)
    {
        switch (schema.Type)
        {
            case SchemaType.Null:
                break;
            case SchemaType.Boolean:
                reader.ReadBoolean();
                break;
            case SchemaType.Int:
                reader.ReadInt();
                break;
            case SchemaType.Long:
                reader.ReadLong();
                break;
            case SchemaType.Float:
                reader.Skip(sizeof(float));
                break;
            case SchemaType.Double:
                reader.Skip(sizeof(double));
                break;
            case SchemaType.String:
                reader.ReadStringUtf8();
                break;
            case SchemaType.Bytes:
                reader.ReadBytes();
                break;
            case SchemaType.Fixed:
                reader.Skip(((FixedSchema)schema).Size);
                break;
            case SchemaType.Enum:
                reader.ReadEnum(((EnumSchema)schema).Symbols.Count);
                break;
        }
    }
}
