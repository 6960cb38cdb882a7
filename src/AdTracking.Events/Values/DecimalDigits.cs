namespace AdTracking.Events.Values;

/// <summary>The significant digits of a decimal number and the power of ten of the last one kept. 38 digits are kept (they fit into 128
/// bits); of further ones only whether any was not zero, which is all that rounding half to even asks of them.</summary>
internal ref struct DecimalDigits
{
    private const int KeptMax = 38;
    private UInt128 _value;
    private int _kept;
    private int _power;
    private bool _moreNotZero;

    public void Add(int digit, bool afterPoint)
    {
        if (_kept == 0 && digit == 0)
        {
            if (afterPoint)
            {
                _power--;
            }

            return;
        }

        if (_kept == KeptMax)
        {
            _moreNotZero |= digit != 0;
            if (!afterPoint)
            {
                _power++;
            }

            return;
        }

        _value = (_value * 10) + (UInt128)digit;
        _kept++;
        if (afterPoint)
        {
            _power--;
        }
    }

    /// <summary>The value times ten to the given power, as a magnitude of at most 63 bits.</summary>
    public readonly NumberExactness Scale(int power, out long magnitude)
    {
        magnitude = 0;
        var shift = _power + power;
        if (_value == 0)
        {
            return NumberExactness.Exact;
        }

        if (_kept + shift > 20)
        {
            magnitude = long.MaxValue;
            return NumberExactness.Overflow;
        }

        var value = _value;
        var exact = !_moreNotZero;
        if (shift >= 0)
        {
            // At most 20 digits in the end, so this stays within 128 bits. Digits that were not kept cannot occur here.
            for (; shift > 0; shift--)
            {
                value *= 10;
            }
        }
        else
        {
            value = ShiftDown(value, -shift, ref exact);
        }

        if (value > long.MaxValue)
        {
            magnitude = long.MaxValue;
            return NumberExactness.Overflow;
        }

        magnitude = (long)value;
        return exact ? NumberExactness.Exact : NumberExactness.Rounded;
    }

    private static UInt128 ShiftDown(UInt128 value, int digits, ref bool exact)
    {
        if (digits > KeptMax)
        {
            exact = false;
            return 0;
        }

        var rest = !exact;
        UInt128 last = 0;
        for (; digits > 0; digits--)
        {
            rest |= last != 0;
            (value, last) = UInt128.DivRem(value, 10);
        }

        exact = !rest && last == 0;
        var up = last > 5 || (last == 5 && (rest || UInt128.IsOddInteger(value)));
        return up ? value + 1 : value;
    }
}
