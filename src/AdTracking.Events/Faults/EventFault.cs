using System.Text;
using AdTracking.Events.Decoding;

namespace AdTracking.Events.Faults;

/// <summary>Why one event was rejected, without strings: the field by its index, or by where its name is in the view's bytes.</summary>
/// <param name="Code">Why.</param>
/// <param name="Field">Index in the layout, or -1.</param>
/// <param name="NameStart">Where an unknown name starts (a slot position of <see cref="EventView"/>).</param>
/// <param name="NameLength">Its length in bytes; 0 for none.</param>
public readonly record struct EventFault(FaultCode Code, short Field = -1, int NameStart = 0, int NameLength = 0)
{
    /// <summary>Longest name that is repeated in an answer: names come from outside.</summary>
    private const int NameBytesMax = 64;

    /// <summary>No fault.</summary>
    public static EventFault None => default;

    /// <summary>There is a fault.</summary>
    public bool IsFault => Code != FaultCode.None;

    internal static EventFault Of(FaultCode code, int field) => new(code, (short)field);

    /// <summary>Name of the field, made for the answer (failure path only); null where the fault is about no field.</summary>
    /// <param name="view">The view that the fault came from, before it is reset.</param>
    public string? FieldName(scoped ref readonly EventView view)
    {
        if (NameLength > 0)
        {
            var name = view.BytesAt(NameStart, NameLength);
            return name.Length <= NameBytesMax ? Encoding.UTF8.GetString(name) : Encoding.UTF8.GetString(name[..NameBytesMax]) + "...";
        }

        if (Field < 0 || view.FieldNames is not { } layout)
        {
            return null;
        }

        var rule = layout.Fields[Field];
        // Money in its decimal form is named as the sender wrote it: price_cpm, not the micros that it would have become.
        return view.Decimal.Has(Field) && rule.DecimalName is { } written ? written : rule.Name;
    }
}
