using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Wire;

/// <content>Values with parts: blocks of arrays and maps, levels, and what they cost of the limits.</content>
public ref partial struct AvroReader
{
    /// <summary>Reads the start of an array's next block and gives its number of items, 0 at the end of the array and after an error:
    /// <c>for (int n = r.ReadArrayBlock(1); n > 0; n = r.ReadArrayBlock(1)) while (n-- > 0) ...</c></summary>
    /// <param name="itemBytesMin">The fewest bytes an item can take: <see cref="AvroSchema.EncodedBytesMin"/>.</param>
    public int ReadArrayBlock(int itemBytesMin) => ReadArrayBlock(itemBytesMin, out _);

    /// <summary>The same, and how many bytes the block's items take, where it says so (a negative count); otherwise -1.</summary>
    public int ReadArrayBlock(int itemBytesMin, out int itemsBytes)
    {
        itemsBytes = -1;
        var start = _position;
        var count = ReadLong();
        if (count < 0 && !TryReadSize(start, out itemsBytes))
        {
            return 0;
        }
        // long.MinValue stays negative when negated: as an unsigned number it is then beyond every bound.
        var items = (ulong)(count < 0 ? -count : count);
        var room = (ulong)(itemsBytes >= 0 ? itemsBytes : Remaining);
        if (itemBytesMin > 0 && items > room / (ulong)itemBytesMin)
        {
            FailAt(start, AvroReadError.CountBeyondData);
            return 0;
        }

        return Spend(items) ? (int)items : 0;
    }

    /// <summary>Reads the start of a map's next block, as <see cref="ReadArrayBlock(int)"/> does; a key takes a byte at least.</summary>
    public int ReadMapBlock(int valueBytesMin) => ReadMapBlock(valueBytesMin, out _);

    /// <summary>The same, and how many bytes the block's entries take, where it says so; otherwise -1.</summary>
    public int ReadMapBlock(int valueBytesMin, out int entriesBytes) =>
        ReadArrayBlock(valueBytesMin < int.MaxValue ? valueBytesMin + 1 : valueBytesMin, out entriesBytes);

    /// <summary>Goes one level down (record, array, map). False, and an error, when that is too deep.</summary>
    /// <param name="fields">What this level costs of <see cref="AvroReadLimits.ItemsTotalMax"/>: the fields of a record.</param>
    public bool Enter(int fields = 0)
    {
        if (Failed || !Spend((ulong)fields))
        {
            return false;
        }

        if (_depth >= _limits.DepthMax)
        {
            Fail(AvroReadError.TooDeep);
            return false;
        }

        _depth++;
        return true;
    }

    /// <summary>Comes back from <see cref="Enter"/>.</summary>
    public void Leave() => _depth--;

    private bool TryReadSize(int start, out int itemsBytes)
    {
        var size = ReadLong();
        itemsBytes = (int)size;
        if (Failed)
        {
            return false;
        }

        if (size >= 0 && size <= Remaining)
        {
            return true;
        }

        FailAt(start, size < 0 ? AvroReadError.NegativeLength : AvroReadError.CountBeyondData);
        return false;
    }

    private bool Spend(ulong items)
    {
        if (items > (ulong)(_limits.ItemsTotalMax - _items))
        {
            Fail(AvroReadError.TooManyItems);
            return false;
        }

        _items += (int)items;
        return !Failed;
    }
}
