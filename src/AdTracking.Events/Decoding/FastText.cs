namespace AdTracking.Events.Decoding;

/// <summary>Text that the fast lane reads without bounds checks.</summary>
/// <param name="bytes">Its first byte.</param>
/// <param name="origin">Where that byte is in the view's source.</param>
/// <param name="last">Last position at which a member may start.</param>
/// <param name="end">Readable bytes.</param>
internal readonly ref struct FastText(ref byte bytes, int origin, int last, int end)
{
    public readonly ref byte Bytes = ref bytes;
    public readonly int Origin = origin;
    public readonly int Last = last;
    public readonly int End = end;
}
