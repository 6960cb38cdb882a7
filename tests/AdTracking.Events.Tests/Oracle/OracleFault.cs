using AdTracking.Events.Faults;

namespace AdTracking.Events.Tests;

/// <summary>Ends the reading of one value: the oracle may use exceptions, it need not be fast.</summary>
internal sealed class OracleFault(FaultCode code) : Exception(code.ToString())
{
    public FaultCode Code => code;
}
