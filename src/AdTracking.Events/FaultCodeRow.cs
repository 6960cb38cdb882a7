using AdTracking.Events.Faults;

namespace AdTracking.Events;

/// <summary>One row of <see cref="FaultCodes"/>.</summary>
/// <param name="Code">Code.</param>
/// <param name="Tag">Text of the code.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Class">Coarse class of a bad event.</param>
/// <param name="Meaning">What it means.</param>
public readonly record struct FaultCodeRow(FaultCode Code, string Tag, int Status, FailureCode Class, string Meaning);
