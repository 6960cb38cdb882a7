using System.Runtime.CompilerServices;

namespace AdTracking.Events;

/// <summary>
/// Cuts <c>name=value&amp;name=value</c> into its parts, which stand in a view's bytes. Blanks before a name are passed over (raw, <c>+</c> or
/// <c>%20</c>): OpenRTB's own example of a billing notice has one behind an ampersand.
/// </summary>
/// <param name="start">Where the text starts, as a slot position of the view.</param>
/// <param name="length">Its length.</param>
[SkipLocalsInit]
internal ref struct QueryScanner(int start, int length)
{
    private readonly int _end = start + length;
    private int _next = start;

    public int NameStart { get; private set; }

    public int NameLength { get; private set; }

    public int ValueStart { get; private set; }

    public int ValueLength { get; private set; }

    public bool MoveNext(scoped ref EventView view)
    {
        if (_next >= _end) return false;
        var rest = view.BytesAt(_next, _end - _next);
        var pair = rest.IndexOf((byte)'&');
        if (pair < 0) pair = rest.Length;
        var blanks = Blanks(rest[..pair]);
        var equals = rest[blanks..pair].IndexOf((byte)'=');
        NameStart = _next + blanks;
        NameLength = equals < 0 ? pair - blanks : equals;
        ValueStart = equals < 0 ? NameStart + NameLength : NameStart + equals + 1;
        ValueLength = equals < 0 ? 0 : pair - blanks - equals - 1;
        _next += pair + 1;
        return true;
    }

    private static int Blanks(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] is (byte)' ' or (byte)'+') at++;
            else if (text[at..].StartsWith("%20"u8)) at += 3;
            else return at;
        }
    }
}
