using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Values;

namespace AdTracking.Events.Decoding;

/// <summary>Collects an int array in the scratch bytes, already in Avro's encoding, so that writing the event copies it.</summary>
internal ref struct IntArrayBuilder
{
    /// <summary>Room kept for the block count, which is known only at the end (at most 64 by default, 2 bytes up to 8,191).</summary>
    private const int CountBytes = 2;

    private readonly int _start;
    private int _end;
    private int _count;
    private readonly Span<byte> _scratch;

    public IntArrayBuilder(scoped ref EventView view)
    {
        _scratch = view.Scratch;
        _start = view.ScratchUsed;
        _end = _start + CountBytes;
    }

    public FaultCode Add(in FieldCheck check, scoped ReadOnlySpan<byte> number)
    {
        if (!NumberText.TryParsePlain(number, out var value))
        {
            var exactness = NumberText.Parse(number, 0, out value);
            if (exactness != NumberExactness.Exact)
            {
                return exactness == NumberExactness.Overflow ? FaultCode.OutOfRange : FaultCode.WrongType;
            }
        }

        if (value < check.Min || value > check.Max)
        {
            return FaultCode.OutOfRange;
        }

        if (_count == check.ItemsMax)
        {
            return FaultCode.TooLong;
        }

        _count++;
        return TryWrite(value) ? FaultCode.None : FaultCode.EventTooLarge;
    }

    public readonly FaultCode Finish(scoped ref EventView view, int index)
    {
        if (_end + 1 > _scratch.Length)
        {
            return FaultCode.EventTooLarge;
        }

        if (_count == 0)
        {
            _scratch[_start] = 0;
            view.SetSlot(index, _start | EventView.ScratchFlag, 1);
            view.ScratchUsed = _start + 1;
            return FaultCode.None;
        }

        var zigzag = _count << 1;
        // A count below 64 takes one byte; the array starts one byte later then.
        var start = zigzag < 0x80 ? _start + 1 : _start;
        if (zigzag >= 0x80)
        {
            _scratch[_start] = (byte)(zigzag | 0x80);
        }

        _scratch[_start + 1] = (byte)(zigzag < 0x80 ? zigzag : zigzag >> 7);
        _scratch[_end] = 0;
        view.SetSlot(index, start | EventView.ScratchFlag, _end + 1 - start);
        view.ScratchUsed = _end + 1;
        return FaultCode.None;
    }

    private bool TryWrite(long value)
    {
        if (_end + 10 > _scratch.Length)
        {
            return false;
        }

        var rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7)
        {
            _scratch[_end++] = (byte)(rest | 0x80);
        }

        _scratch[_end++] = (byte)rest;
        return true;
    }
}
