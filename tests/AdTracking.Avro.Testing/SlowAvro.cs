using System.Numerics;
using System.Text;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Testing;

/// <summary>Avro's encoding written from the specification, slowly and obviously, sharing nothing with the product but the schema's tree.
/// Values: null, bool, int, long, float, double, byte[] (bytes, fixed), string, int (enum), List (array, record), List of KeyValuePair
/// (map), Branch (union).</summary>
internal static class SlowAvro
{
    public sealed record Branch(int Index, object? Value);

    /// <summary>Zig-zag and base 128 by arithmetic on numbers without limit.</summary>
    public static byte[] Long(long value)
    {
        var number = value >= 0 ? 2 * new BigInteger(value) : (-2 * new BigInteger(value)) - 1;
        List<byte> bytes = [];
        do
        {
            var group = (byte)(number % 128);
            number /= 128;
            bytes.Add((byte)(number > 0 ? group + 128 : group));
        }
        while (number > 0);
        return [.. bytes];
    }

    public static byte[] String(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return [.. Long(utf8.Length), .. utf8];
    }

    public static byte[] LittleEndian(long bits, int bytes) => [.. Enumerable.Range(0, bytes).Select(i => (byte)(bits >> (8 * i)))];

    /// <summary>Encodes; arrays and maps are cut into random blocks, some of them with their size.</summary>
    public static byte[] Encode(AvroSchema schema, object? value, Random random) => schema switch
    {
        RecordSchema record => [.. record.Fields.Zip((List<object?>)value!, (field, item) => Encode(field.Schema, item, random)).SelectMany(b => b)],
        ArraySchema array => Blocks([.. ((List<object?>)value!).Select(item => Encode(array.Items, item, random))], random),
        MapSchema map => Blocks(
            [.. ((List<KeyValuePair<string, object?>>)value!).Select(entry => (byte[])[.. String(entry.Key), .. Encode(map.Values, entry.Value, random)])],
            random),
        UnionSchema union when value is Branch branch => [.. Long(branch.Index), .. Encode(union.Branches[branch.Index], branch.Value, random)],
        _ => schema.Type switch
        {
            SchemaType.Null => [],
            SchemaType.Boolean => [(byte)((bool)value! ? 1 : 0)],
            SchemaType.Int or SchemaType.Enum => Long((int)value!),
            SchemaType.Long => Long((long)value!),
            SchemaType.Float => LittleEndian(BitConverter.SingleToUInt32Bits((float)value!), 4),
            SchemaType.Double => LittleEndian(BitConverter.DoubleToInt64Bits((double)value!), 8),
            SchemaType.Bytes => [.. Long(((byte[])value!).Length), .. (byte[])value],
            SchemaType.Fixed => (byte[])value!,
            _ => String((string)value!),
        },
    };

    /// <summary>Decodes; throws on anything odd. <paramref name="at"/> moves.</summary>
    public static object? Decode(AvroSchema schema, byte[] data, ref int at)
    {
        switch (schema)
        {
            case RecordSchema record:
                List<object?> fields = [];
                foreach (var field in record.Fields)
                {
                    fields.Add(Decode(field.Schema, data, ref at));
                }

                return fields;
            case ArraySchema array:
                List<object?> items = [];
                for (var left = BlockCount(data, ref at); left > 0; left = BlockCount(data, ref at))
                {
                    for (; left > 0; left--)
                    {
                        items.Add(Decode(array.Items, data, ref at));
                    }
                }

                return items;
            case MapSchema map:
                List<KeyValuePair<string, object?>> entries = [];
                for (var left = BlockCount(data, ref at); left > 0; left = BlockCount(data, ref at))
                {
                    for (; left > 0; left--)
                    {
                        entries.Add(KeyValuePair.Create(Encoding.UTF8.GetString(Bytes(data, ref at)), Decode(map.Values, data, ref at)));
                    }
                }

                return entries;
            case UnionSchema union:
                var index = (int)ReadLong(data, ref at);
                return new Branch(index, Decode(union.Branches[index], data, ref at));
            default:
                return DecodePlain(schema, data, ref at);
        }
    }

    /// <summary>Values as text, so that trees can be compared and shown.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        byte[] bytes => "x" + Convert.ToHexString(bytes),
        string text => "'" + text + "'",
        float number => "f" + BitConverter.SingleToUInt32Bits(number),
        double number => "d" + BitConverter.DoubleToUInt64Bits(number),
        List<object?> items => "[" + string.Join(",", items.Select(Show)) + "]",
        List<KeyValuePair<string, object?>> entries => "{" + string.Join(",", entries.Select(e => Show(e.Key) + ":" + Show(e.Value))) + "}",
        Branch branch => branch.Index + "|" + Show(branch.Value),
        _ => value.ToString()!,
    };

    private static byte[] Blocks(List<byte[]> items, Random random)
    {
        List<byte> bytes = [];
        while (items.Count > 0)
        {
            var count = random.Next(1, items.Count + 1);
            byte[] block = [.. items.Take(count).SelectMany(item => item)];
            items.RemoveRange(0, count);
            bytes.AddRange(random.Next(2) == 0 ? Long(count) : [.. Long(-count), .. Long(block.Length)]);
            bytes.AddRange(block);
        }

        return [.. bytes, 0];
    }

    private static object? DecodePlain(AvroSchema schema, byte[] data, ref int at)
    {
        switch (schema.Type)
        {
            case SchemaType.Null:
                return null;
            case SchemaType.Boolean:
                return data[at++] switch { 0 => false, 1 => true, _ => throw new FormatException("boolean") };
            case SchemaType.Int:
            case SchemaType.Enum:
                return checked((int)ReadLong(data, ref at));
            case SchemaType.Long:
                return ReadLong(data, ref at);
            case SchemaType.Float:
                at += 4;
                return BitConverter.ToSingle(data, at - 4);
            case SchemaType.Double:
                at += 8;
                return BitConverter.ToDouble(data, at - 8);
            case SchemaType.Bytes:
                return Bytes(data, ref at);
            case SchemaType.Fixed:
                var size = ((FixedSchema)schema).Size;
                at += size;
                return data[(at - size)..at];
            default:
                return Encoding.UTF8.GetString(Bytes(data, ref at));
        }
    }

    private static byte[] Bytes(byte[] data, ref int at)
    {
        var length = checked((int)ReadLong(data, ref at));
        at += length;
        return data[(at - length)..at];
    }

    private static long BlockCount(byte[] data, ref int at)
    {
        var count = ReadLong(data, ref at);
        if (count >= 0)
        {
            return count;
        }

        _ = ReadLong(data, ref at);
        return -count;
    }

    private static long ReadLong(byte[] data, ref int at)
    {
        BigInteger number = 0;
        BigInteger weight = 1;
        byte group;
        do
        {
            group = data[at++];
            number += weight * (group % 128);
            weight *= 128;
        }
        while (group >= 128);
        return (long)(number.IsEven ? number / 2 : -(number + 1) / 2);
    }
}
