using AdTracking.Avro.Records;

namespace AdTracking.SchemaTool.Tests;

/// <summary>What a generated class makes of a datum.</summary>
/// <param name="Bytes">The datum, read and written anew.</param>
/// <param name="Allocated">Bytes that writing it allocated.</param>
/// <param name="Same">True when two readings are equal and have one hash code.</param>
/// <param name="Text">Its text.</param>
internal sealed record GeneratedRecord(byte[] Bytes, long Allocated, bool Same, string Text)
{
    /// <summary>Reads and writes through a class that is known only at run time.</summary>
    public static GeneratedRecord Of(Type type, byte[] datum) =>
        (GeneratedRecord)typeof(GeneratedRecord).GetMethod(nameof(Again))!.MakeGenericMethod(type).Invoke(null, [datum])!;

    public static GeneratedRecord Again<T>(byte[] datum)
        where T : class, IAvroRecord<T>
    {
        AvroRecord.TryDecode(datum, out T? record, out var error).ShouldBeTrue($"{typeof(T)}: {error}");
        AvroRecord.TryDecode(datum, out T? other, out _).ShouldBeTrue();
        var room = new byte[datum.Length + 16];
        AvroRecord.TryEncode(record, room, out _).ShouldBeTrue($"{typeof(T)} was not written");
        AvroRecord.TryEncode(record, room, out _).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        AvroRecord.TryEncode(record, room, out var written);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var same = record.Equals(other) && record.GetHashCode() == other.GetHashCode();
        return new GeneratedRecord(room[..written], allocated, same, record.ToString()!);
    }
}
