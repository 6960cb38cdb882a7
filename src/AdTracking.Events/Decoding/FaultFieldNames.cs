using System.Text;
using AdTracking.Events.Faults;

namespace AdTracking.Events.Decoding;

/// <summary>Names of the fields that faults are about.</summary>
public static class FaultFieldNames
{
    /// <summary>Longest name that is repeated in an answer: names come from outside.</summary>
    private const int NameBytesMax = 64;

    /// <summary>Name of the field, made for the answer (failure path only); null where the fault is about no field.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="view">The view that the fault came from, before it is reset.</param>
    public static string? FieldName(this EventFault fault, scoped ref readonly EventView view)
    {
        if (fault.NameLength > 0)
        {
            var name = view.BytesAt(fault.NameStart, fault.NameLength);
            return name.Length <= NameBytesMax ? Encoding.UTF8.GetString(name) : Encoding.UTF8.GetString(name[..NameBytesMax]) + "...";
        }

        if (fault.Field < 0 || view.FieldNames is not { } layout)
        {
            return null;
        }

        var rule = layout.Fields[fault.Field];
        // Money in its decimal form is named as the sender wrote it: price_cpm, not the micros that it would have become.
        return view.Decimal.Has(fault.Field) && rule.DecimalName is { } written ? written : rule.Name;
    }
}
