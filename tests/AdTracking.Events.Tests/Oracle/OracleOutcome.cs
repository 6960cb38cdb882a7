using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests;

/// <summary>What an event comes to: the first thing that is wrong with it, or the values of its fields as text.</summary>
internal sealed class OracleOutcome
{
    public FaultCode Code { get; private set; }

    /// <summary>Field name; null where it is not compared.</summary>
    public string? Field { get; private set; }

    public EventLayout? Layout { get; set; }

    public SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Ext { get; } = new(StringComparer.Ordinal);

    public int Unresolved { get; set; }

    public int UnresolvedBilling { get; set; }

    public int Rounded { get; set; }

    public void Fail(FaultCode code, string? field)
    {
        Code = code;
        Field = field;
    }
}
