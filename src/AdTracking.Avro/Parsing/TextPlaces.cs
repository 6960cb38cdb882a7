namespace AdTracking.Avro.Parsing;

/// <summary>Lines and columns of offsets in a UTF-8 text. Columns count UTF-16 units, as editors do. Sums at every 256th byte keep a
/// look-up short even where the whole text is one line of a megabyte.</summary>
internal sealed class TextPlaces
{
    private const int Stride = 256;
    private readonly byte[] _utf8;
    private readonly List<int> _lineStarts = [0];
    private readonly int[] _unitsBefore;

    public TextPlaces(byte[] utf8)
    {
        _utf8 = utf8;
        _unitsBefore = new int[(utf8.Length / Stride) + 1];
        var units = 0;
        for (var i = 0; i < utf8.Length; i++)
        {
            if (i % Stride == 0)
            {
                _unitsBefore[i / Stride] = units;
            }

            units += UnitsOf(utf8[i]);
            if (utf8[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }

        if (utf8.Length % Stride == 0)
        {
            _unitsBefore[^1] = units;
        }
    }

    /// <summary>Line and column of an offset, from 1.</summary>
    public (int Line, int Column) Of(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, Units(offset) - Units(_lineStarts[line]) + 1);
    }

    private int Units(int offset)
    {
        var units = _unitsBefore[offset / Stride];
        for (var i = offset / Stride * Stride; i < offset; i++)
        {
            units += UnitsOf(_utf8[i]);
        }

        return units;
    }

    // A lead byte stands for the character; four-byte characters are two UTF-16 units; continuation bytes are none.
    private static int UnitsOf(byte value) => (value & 0xC0) == 0x80 ? 0 : value >= 0xF0 ? 2 : 1;
}
