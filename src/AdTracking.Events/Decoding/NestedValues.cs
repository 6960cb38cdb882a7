using System.Runtime.CompilerServices;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Decoding;

/// <summary>Values of JSON that have parts: arrays of numbers, and the members of <c>ext</c>.</summary>
[SkipLocalsInit]
internal static class NestedValues
{
    /// <summary>An array of numbers. The first fault stands; the rest of the array is passed over.</summary>
    /// <returns>False when the text is not JSON.</returns>
    public static bool IntArray(ref JsonScanner scanner, scoped ref EventView view, in FieldCheck check, int index, out FaultCode code)
    {
        code = FaultCode.None;
        if (!scanner.TryOpen((byte)'['))
        {
            return false;
        }

        var array = new IntArrayBuilder(ref view);
        if (!scanner.TryClose((byte)']'))
        {
            do
            {
                if (code != FaultCode.None || scanner.Peek() is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
                {
                    if (code == FaultCode.None)
                    {
                        code = FaultCode.WrongType;
                    }

                    if (!scanner.TrySkipValue())
                    {
                        return false;
                    }

                    continue;
                }

                if (!scanner.TryReadNumber(out var start, out var length))
                {
                    return false;
                }

                code = array.Add(in check, view.BytesAt(start, length));
            }
            while (scanner.TryTake((byte)','));
            if (!scanner.TryClose((byte)']'))
            {
                return scanner.Fail(JsonScanError.Malformed);
            }
        }

        if (code == FaultCode.None)
        {
            code = array.Finish(ref view, index);
        }

        return true;
    }

    /// <summary>The object <c>ext</c>. The first fault stands; the rest of the object is passed over.</summary>
    /// <returns>False when the text is not JSON.</returns>
    public static bool Ext(ref JsonScanner scanner, scoped ref EventView view, out FaultCode code)
    {
        code = FaultCode.None;
        if (!scanner.TryOpen((byte)'{'))
        {
            return false;
        }

        if (scanner.TryClose((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!scanner.TryReadKey(out var keyStart, out var keyLength, out var traits))
            {
                return false;
            }

            if (code != FaultCode.None)
            {
                if (!scanner.TrySkipValue())
                {
                    return false;
                }

                continue;
            }

            code = FieldReader.Place(ref view, ref keyStart, ref keyLength, traits);
            if (!ExtValue(ref scanner, ref view, keyStart, keyLength, ref code))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryClose((byte)'}') || scanner.Fail(JsonScanError.Malformed);
    }

    /// <summary>A value of <c>ext</c>: text as it is, numbers and booleans as they are written, null is absent, anything else is no value.</summary>
    /// <returns>False when the text is not JSON.</returns>
    public static bool ExtValue(ref JsonScanner scanner, scoped ref EventView view, int keyStart, int keyLength, ref FaultCode code)
    {
        int start, length;
        switch (scanner.Peek())
        {
            case (byte)'"':
                if (!scanner.TryReadString(out start, out length, out var traits))
                {
                    return false;
                }

                if (code == FaultCode.None)
                {
                    code = FieldReader.Place(ref view, ref start, ref length, traits);
                }

                break;
            case (byte)'n':
                return scanner.TryReadLiteral("null"u8);
            case (byte)'{' or (byte)'[':
                if (code == FaultCode.None)
                {
                    code = FaultCode.WrongType;
                }

                return scanner.TrySkipValue();
            default:
                start = scanner.Position;
                if (!scanner.TrySkipValue())
                {
                    return false;
                }

                length = scanner.Position - start;
                break;
        }

        if (code == FaultCode.None)
        {
            code = FieldReader.Ext(ref view, keyStart, keyLength, start, length);
        }

        return true;
    }
}
