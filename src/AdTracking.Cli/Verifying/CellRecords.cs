using System.Buffers.Binary;
using System.Security.Cryptography;
using AdTracking.Queue.Accounting;

namespace AdTracking.Cli.Verifying;

/// <summary>The records of one cell as a topic holds them: how many, their sum, and eight bytes of a hash of each, to find doubled ones.</summary>
internal sealed class CellRecords
{
    private readonly List<ulong> _hashes = [];

    /// <summary>Records.</summary>
    public long Count => _hashes.Count;

    /// <summary>The sum of what they are.</summary>
    public long Sum { get; private set; }

    /// <summary>Records whose bytes stand there once already.</summary>
    public long Doubled
    {
        get
        {
            _hashes.Sort();
            return _hashes.Count - _hashes.Distinct().Count();
        }
    }

    /// <summary>Takes a record in.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var sum = EventSum.Of(key, value);
        Sum += sum;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(value, hash);
        _hashes.Add(BinaryPrimitives.ReadUInt64LittleEndian(hash) ^ (ulong)sum);
    }
}
