using System.Buffers;
using AdTracking.Events.Faults;

namespace AdTracking.Gateway.Intake;

/// <summary>A body as it lies in the connection's buffers, whole.</summary>
/// <param name="Bytes">Valid until the reader is advanced.</param>
/// <param name="Fault">Why there is no body.</param>
internal readonly record struct ReceivedBody(ReadOnlySequence<byte> Bytes, FaultCode Fault);
