using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AdTracking.Events.Scanning;

/// <summary>Cuts <c>name=value&amp;name=value</c> into its parts. Blanks before a name are skipped (raw, <c>+</c> or <c>%20</c>):
/// OpenRTB's own example of a billing notice has one after an ampersand.</summary>
/// <param name="text">The text, with <see cref="Padding"/> zero bytes after it that belong to the span but not to the text.</param>
[SkipLocalsInit]
internal ref struct QueryScanner(ReadOnlySpan<byte> text)
{
    /// <summary>Zero bytes after the text: whole vectors are read, and a zero ends every run.</summary>
    public const int Padding = 64;

    private readonly ref byte _bytes = ref MemoryMarshal.GetReference(text);
    private readonly int _end = text.Length - Padding;
    private int _next;

    public int NameStart { get; private set; }

    public int NameLength { get; private set; }

    public int ValueStart { get; private set; }

    public int ValueLength { get; private set; }

    /// <summary>Neither name nor value holds anything but visible ASCII without <c>%</c> and <c>+</c>: they mean what they say.</summary>
    public bool IsPlain { get; private set; }

    public bool MoveNext()
    {
        if (_next >= _end)
        {
            return false;
        }

        var at = _next;
        while (Blank(at) is > 0 and var blank)
        {
            at += blank;
        }

        NameStart = at;
        var plain = true;
        at = RunEnd(at, isName: true, ref plain);
        NameLength = at - NameStart;
        if (at < _end && Unsafe.Add(ref _bytes, at) == '=')
        {
            at++;
        }

        ValueStart = at;
        at = RunEnd(at, isName: false, ref plain);
        ValueLength = at - ValueStart;
        IsPlain = plain;
        _next = at + 1;
        return true;
    }

    /// <summary>Where the name or value ends that starts here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int RunEnd(int at, bool isName, ref bool plain)
    {
        while (true)
        {
            var part = Vector256.LoadUnsafe(ref _bytes, (nuint)at);
            var stops = Vector256.Equals(part, Vector256.Create((byte)'&')) | Vector256.Equals(part, Vector256.Create((byte)'%'))
                | Vector256.Equals(part, Vector256.Create((byte)'+')) | Vector256.LessThan(part.AsSByte(), Vector256.Create((sbyte)0x21)).AsByte();
            if (isName)
            {
                stops |= Vector256.Equals(part, Vector256.Create((byte)'='));
            }

            var mask = stops.ExtractMostSignificantBits();
            if (mask == 0)
            {
                at += Vector256<byte>.Count;
                continue;
            }

            at += BitOperations.TrailingZeroCount(mask);
            if (at >= _end)
            {
                return _end;
            }

            if (Unsafe.Add(ref _bytes, at) is (byte)'&' || (isName && Unsafe.Add(ref _bytes, at) is (byte)'='))
            {
                return at;
            }

            plain = false;
            at++;
        }
    }

    private readonly int Blank(int at) => Unsafe.Add(ref _bytes, at) switch
    {
        (byte)' ' or (byte)'+' => 1,
        (byte)'%' when Unsafe.Add(ref _bytes, at + 1) == '2' && Unsafe.Add(ref _bytes, at + 2) == '0' => 3,
        _ => 0,
    };
}
