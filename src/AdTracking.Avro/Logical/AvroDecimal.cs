using System.Buffers.Binary;
using System.Numerics;

namespace AdTracking.Avro.Logical;

/// <summary>Avro's decimal: an unscaled whole number, two's complement, big endian. Between it and .NET's decimal nothing is ever rounded:
/// a value that does not fit exactly is an error.</summary>
public static class AvroDecimal
{
    private const int DecimalScaleMax = 28;
    private const int Int128Bytes = 16;

    /// <summary>The unscaled number of <paramref name="value"/> at <paramref name="scale"/>; false where that is not exact.</summary>
    public static bool TryUnscaled(decimal value, int scale, out Int128 unscaled)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        UInt128 magnitude = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        unscaled = 0;
        for (int own = value.Scale; own > scale; own--)
        {
            (magnitude, var digit) = UInt128.DivRem(magnitude, 10);
            if (digit != 0)
            {
                return false;
            }
        }

        for (int own = value.Scale; own < scale && magnitude != 0; own++)
        {
            if (magnitude > (UInt128)Int128.MaxValue / 10)
            {
                return false;
            }

            magnitude *= 10;
        }

        unscaled = bits[3] < 0 ? -(Int128)magnitude : (Int128)magnitude;
        return true;
    }

    /// <summary>True when the value is exact at the scale and has no more digits than the precision.</summary>
    public static bool Fits(decimal value, int scale, int precision)
    {
        if (!TryUnscaled(value, scale, out var unscaled))
        {
            return false;
        }

        var rest = (UInt128)(unscaled < 0 ? -unscaled : unscaled);
        var digits = 0;
        for (; rest != 0 && digits <= precision; digits++)
        {
            rest /= 10;
        }

        return digits <= precision;
    }

    /// <summary>The .NET decimal of an unscaled number; false where it is too large for one.</summary>
    public static bool TryDecimal(Int128 unscaled, int scale, out decimal value)
    {
        value = 0;
        var magnitude = (UInt128)(unscaled < 0 ? -unscaled : unscaled); // of the smallest number too: its bits stay
        if (magnitude >> 96 != 0 || scale is < 0 or > DecimalScaleMax)
        {
            return false;
        }

        var low = (ulong)magnitude;
        value = new decimal((int)low, (int)(low >> 32), (int)(magnitude >> 64), unscaled < 0, (byte)scale);
        return true;
    }

    /// <summary>The fewest bytes that hold the number in two's complement, at least 1.</summary>
    public static int LengthOf(Int128 unscaled)
    {
        var magnitude = (UInt128)(unscaled < 0 ? ~unscaled : unscaled);
        var bits = Int128Bytes * 8 - (int)UInt128.LeadingZeroCount(magnitude) + 1; // and one for the sign
        return (bits + 7) / 8;
    }

    /// <summary>Writes the number into all of <paramref name="destination"/>, sign-extended; false where it does not fit.</summary>
    public static bool TryWrite(Span<byte> destination, Int128 unscaled)
    {
        var length = LengthOf(unscaled);
        if (destination.Length < length)
        {
            return false;
        }

        Span<byte> whole = stackalloc byte[Int128Bytes];
        BinaryPrimitives.WriteInt128BigEndian(whole, unscaled);
        destination.Fill(unscaled < 0 ? (byte)0xFF : (byte)0);
        whole[^length..].CopyTo(destination[^length..]);
        return true;
    }

    /// <summary>Reads a number; false where it has no bytes or more than 128 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Int128 unscaled)
    {
        unscaled = 0;
        if (source.IsEmpty)
        {
            return false;
        }

        var sign = source[0] >= 0x80 ? (byte)0xFF : (byte)0;
        while (source.Length > Int128Bytes && source[0] == sign)
        {
            source = source[1..];
        }

        if (source.Length > Int128Bytes || source[0] >= 0x80 != (sign == 0xFF))
        {
            return false;
        }

        Span<byte> whole = stackalloc byte[Int128Bytes];
        whole.Fill(sign);
        source.CopyTo(whole[^source.Length..]);
        unscaled = BinaryPrimitives.ReadInt128BigEndian(whole);
        return true;
    }

    /// <summary>The number as plain decimal text, of any size: <c>-0.0125</c>.</summary>
    public static string ToText(ReadOnlySpan<byte> unscaled, int scale)
    {
        BigInteger number = new(unscaled, isBigEndian: true);
        var digits = BigInteger.Abs(number).ToString();
        var sign = number.Sign < 0 ? "-" : "";
        if (scale <= 0)
        {
            return sign + digits + (number.IsZero ? "" : new string('0', -scale));
        }

        digits = digits.PadLeft(scale + 1, '0');
        return $"{sign}{digits.AsSpan(0, digits.Length - scale)}.{digits.AsSpan(digits.Length - scale)}";
    }
}
