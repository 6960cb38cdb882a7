using System.Runtime.CompilerServices;
using AdTracking.Events.Values;

namespace AdTracking.Events.Scanning;

/// <summary>Reads JSON text token by token, as strict as RFC 8259 (no comments, no trailing commas, no leading zeros, nothing behind the
/// end). It accepts and rejects exactly what <c>Utf8JsonReader</c> does; text is checked as UTF-8 when it is used, not when it is
/// skipped.</summary>
/// <param name="source">The whole text.</param>
/// <param name="depthMax">Objects and arrays that may be open at once, at most 64.</param>
[SkipLocalsInit]
public ref struct JsonScanner(ReadOnlySpan<byte> source, int depthMax)
{
    private readonly int _depthMax = Math.Clamp(depthMax, 1, 64);
    private int _depth;

    /// <summary>What went wrong; once set, it stays, and every further step fails.</summary>
    public JsonScanError Error { get; private set; }

    /// <summary>Bytes consumed.</summary>
    public int Position { readonly get; internal set; }

    internal readonly ReadOnlySpan<byte> Source { get; } = source;

    /// <summary>Skips white space and returns the next byte without consuming it.</summary>
    /// <returns>The byte, or 0 at the end of the text (0 never starts a token).</returns>
    public byte Peek()
    {
        while ((uint)Position < (uint)Source.Length)
        {
            var next = Source[Position];
            if (next > ' ' || !IsWhiteSpace(next))
            {
                return next;
            }

            Position++;
        }

        return 0;
    }

    /// <summary>Skips one value of any kind and checks its syntax.</summary>
    /// <returns>False on an error.</returns>
    public bool TrySkipValue()
    {
        var outside = _depth;
        ulong objects = 0; // bit n: container n levels out from here is an object
        while (true)
        {
            var next = Peek();
            if (next is (byte)'{' or (byte)'[')
            {
                var isObject = next == '{';
                if (!TryOpen(next))
                {
                    return false;
                }

                objects = (objects << 1) | (isObject ? 1UL : 0);
                if (!TryClose(isObject ? (byte)'}' : (byte)']'))
                {
                    if (isObject && !TryReadKey(out _, out _, out _))
                    {
                        return false;
                    }

                    continue;
                }

                objects >>= 1;
            }
            else if (!TrySkipScalar(next))
            {
                return false;
            }

            if (!TryLeave(outside, ref objects, out var finished))
            {
                return false;
            }

            if (finished)
            {
                return true;
            }
        }
    }

    /// <summary>White space up to the end of the text.</summary>
    /// <returns>False when something else follows.</returns>
    public bool TryReadEnd()
    {
        if (Error != JsonScanError.None)
        {
            return false;
        }

        Peek();
        return Position == Source.Length || Fail(JsonScanError.Malformed);
    }

    internal bool TryOpen(byte bracket)
    {
        if (Peek() != bracket)
        {
            return Fail(JsonScanError.Malformed);
        }

        if (_depth == _depthMax)
        {
            return Fail(JsonScanError.TooDeep);
        }

        _depth++;
        Position++;
        return true;
    }

    /// <summary>Consumes the bracket if it is the next token; no error otherwise.</summary>
    internal bool TryClose(byte bracket)
    {
        if (Peek() != bracket)
        {
            return false;
        }

        _depth--;
        Position++;
        return true;
    }

    /// <summary>Consumes the byte if it is the next token; no error otherwise.</summary>
    internal bool TryTake(byte token)
    {
        if (Peek() != token)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>A key and its colon; afterwards the value is next.</summary>
    internal bool TryReadKey(out int start, out int length, out TextTraits traits)
    {
        if (!TryReadString(out start, out length, out traits))
        {
            return false;
        }

        return TryTake((byte)':') || Fail(JsonScanError.Malformed);
    }

    /// <summary>A string; start and length are those of the text between the quotes.</summary>
    internal bool TryReadString(out int start, out int length, out TextTraits traits)
    {
        traits = TextTraits.None;
        length = 0;
        if (Peek() != '"')
        {
            start = 0;
            return Fail(JsonScanError.Malformed);
        }

        start = ++Position;
        var at = start;
        var special = JsonStringBytes.SpecialByteAt(Source, at);
        while (special < Source.Length)
        {
            at = special;
            switch (Source[at])
            {
                case (byte)'"':
                    length = at - start;
                    Position = at + 1;
                    return true;
                case (byte)'\\':
                    traits |= TextTraits.Escaped;
                    var escape = JsonStringBytes.EscapeLength(Source, at);
                    if (escape == 0)
                    {
                        return Fail(JsonScanError.Malformed);
                    }

                    at += escape;
                    break;
                case >= 0x80:
                    traits |= TextTraits.NonAscii;
                    at = JsonStringBytes.AsciiAt(Source, at);
                    break;
                default:
                    return Fail(JsonScanError.Malformed);
            }

            special = JsonStringBytes.SpecialByteAt(Source, at);
        }

        return Fail(JsonScanError.Malformed);
    }

    /// <summary>A number; start and length of its text.</summary>
    internal bool TryReadNumber(out int start, out int length)
    {
        Peek();
        start = Position;
        length = NumberText.LengthAt(Source[start..]);
        if (length == 0)
        {
            return Fail(JsonScanError.Malformed);
        }

        Position += length;
        return true;
    }

    /// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
    internal bool TryReadLiteral(ReadOnlySpan<byte> literal)
    {
        Peek();
        if (!Source[Position..].StartsWith(literal))
        {
            return Fail(JsonScanError.Malformed);
        }

        Position += literal.Length;
        return true;
    }

    internal bool Fail(JsonScanError error)
    {
        if (Error == JsonScanError.None)
        {
            Error = error;
        }

        Position = Source.Length;
        return false;
    }

    private bool TrySkipScalar(byte next) => next switch
    {
        (byte)'"' => TryReadString(out _, out _, out _),
        (byte)'t' => TryReadLiteral("true"u8),
        (byte)'f' => TryReadLiteral("false"u8),
        (byte)'n' => TryReadLiteral("null"u8),
        _ => TryReadNumber(out _, out _),
    };

    /// <summary>After a value: leaves all containers that end here, then goes to the next value if there is one.</summary>
    private bool TryLeave(int outside, ref ulong objects, out bool finished)
    {
        finished = false;
        while (_depth > outside)
        {
            var inObject = (objects & 1) != 0;
            if (TryTake((byte)','))
            {
                return !inObject || TryReadKey(out _, out _, out _);
            }

            if (!TryClose(inObject ? (byte)'}' : (byte)']'))
            {
                return Fail(JsonScanError.Malformed);
            }

            objects >>= 1;
        }

        finished = true;
        return true;
    }

    private static bool IsWhiteSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
