using AdTracking.Events.Decoding;

namespace AdTracking.Events;

/// <summary>The base of the generated typed views: a finished event's fields by index, read-only and in place.</summary>
public readonly ref struct EventFields
{
    private readonly ref readonly SlotArray _slots;
    private readonly ReadOnlySpan<byte> _source;
    private readonly ReadOnlySpan<byte> _scratch;
    private readonly FieldBits _present;

    /// <summary>Reads a view's fields; the view must not be changed meanwhile.</summary>
    /// <param name="view">A finished event.</param>
    public EventFields(ref readonly EventView view)
    {
        _slots = ref view.Slots;
        _source = view.Source;
        _scratch = view.Scratch;
        _present = view.Present;
    }

    /// <summary>Whether a field is set.</summary>
    /// <param name="index">Field index.</param>
    public bool Has(int index) => _present.Has(index);

    /// <summary>UTF-8 of a text field, empty when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public ReadOnlySpan<byte> Text(int index)
    {
        if (!Has(index))
        {
            return default;
        }

        var slot = _slots[index];
        var (start, length) = ((int)(slot >> 32), (int)slot);
        return (start & EventView.ScratchFlag) != 0 ? _scratch.Slice(start & ~EventView.ScratchFlag, length) : _source.Slice(start, length);
    }

    /// <summary>A number, 0 when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public long Long(int index) => Has(index) ? _slots[index] : 0;

    /// <summary>A number, null when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public long? LongOrNull(int index) => Has(index) ? _slots[index] : null;

    /// <summary>A number, 0 when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public int Int(int index) => (int)Long(index);

    /// <summary>A number, null when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public int? IntOrNull(int index) => Has(index) ? (int)_slots[index] : null;

    /// <summary>A boolean, false when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public bool Boolean(int index) => Long(index) != 0;

    /// <summary>A boolean, null when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public bool? BooleanOrNull(int index) => Has(index) ? _slots[index] != 0 : null;

    /// <summary>A time, 1970 when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public DateTimeOffset Time(int index) => DateTimeOffset.FromUnixTimeMilliseconds(Long(index));

    /// <summary>A time, null when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public DateTimeOffset? TimeOrNull(int index) => Has(index) ? Time(index) : null;

    /// <summary>Index of a symbol, the field's default when it is not set.</summary>
    /// <param name="index">Field index.</param>
    /// <param name="standard">The field's default.</param>
    public int Symbol(int index, int standard) => Has(index) ? (int)_slots[index] : standard;
}
