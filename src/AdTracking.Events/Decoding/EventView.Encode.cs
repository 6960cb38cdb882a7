using System.Runtime.InteropServices;

namespace AdTracking.Events.Decoding;

/// <content>Writing the event as Avro.</content>
public ref partial struct EventView
{
    /// <summary>A destination of this size is always large enough.</summary>
    public readonly int EncodedLengthMax => EventEncoder.LengthMax(in this);

    /// <summary>Writes the event as Avro binary (no framing).</summary>
    /// <param name="destination">Where to; bytes after the event may be overwritten.</param>
    /// <param name="written">Bytes of the event.</param>
    /// <returns>False when <paramref name="destination"/> is smaller than <see cref="EncodedLengthMax"/>.</returns>
    public bool TryEncode(Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < EncodedLengthMax)
        {
            return false;
        }

        written = EventEncoder.Encode(ref this, ref MemoryMarshal.GetReference(destination));
        return true;
    }
}
