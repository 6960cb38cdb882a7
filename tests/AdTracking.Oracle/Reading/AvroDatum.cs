using System.Globalization;
using System.Text;

namespace AdTracking.Oracle.Reading;

/// <summary>Reads a datum: the scalar fields of the outermost record, as text. Throws where the bytes are not such a datum to their end.</summary>
internal ref struct AvroDatum(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public static Dictionary<string, string?> Read(ReadOnlySpan<byte> bytes, AvroType schema)
    {
        var datum = new AvroDatum(bytes);
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < schema.Parts.Length; i++)
        {
            fields[schema.FieldNames[i]] = datum.Value(schema.Parts[i]);
        }

        return datum._rest.IsEmpty ? fields : throw new InvalidDataException($"{datum._rest.Length} bytes behind the datum");
    }

    private string? Value(AvroType type)
    {
        switch (type.Name)
        {
            case "null": return null;
            case "boolean": return Take(1)[0].ToString(CultureInfo.InvariantCulture);
            case "int" or "long": return Long().ToString(CultureInfo.InvariantCulture);
            case "float": Take(4); return "";
            case "double": Take(8); return "";
            case "bytes" or "string": return Strict.GetString(Take(Length()));
            case "enum": return type.FieldNames[Length()];
            case "union": return Value(type.Parts[Length()]);
            case "array" or "map": return Blocks(type);
            case "record":
                foreach (var part in type.Parts)
                {
                    Value(part);
                }

                return "";
            default: throw new InvalidDataException($"a type {type.Name}");
        }
    }

    private string Blocks(AvroType type)
    {
        var items = new StringBuilder();
        for (var count = Long(); count != 0; count = Long())
        {
            if (count < 0)
            {
                Long();
            }

            for (var i = 0; i < Math.Abs(count); i++)
            {
                if (type.Name == "map")
                {
                    items.Append(Strict.GetString(Take(Length()))).Append('=');
                }

                items.Append(Value(type.Parts[0])).Append(' ');
            }
        }

        return items.ToString();
    }

    private int Length() => Long() is >= 0 and <= int.MaxValue and var length ? (int)length : throw new InvalidDataException("a length");

    private long Long()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var one = Take(1)[0];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException("a number without an end");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException("the datum is cut short");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
