namespace AdTracking.Emitter.Inspection;

/// <summary>A note: from then on events of the waiting batch may be in Kafka.</summary>
/// <param name="BatchId">The batch, 16 hexadecimal digits.</param>
/// <param name="Time">When it was written.</param>
/// <param name="AgeSeconds">How long ago that is.</param>
/// <param name="ThisBoot">Whether it was written in the machine's present boot; otherwise it is not trusted.</param>
/// <param name="Mark">What was acknowledged then; null when the batch's own mark stands.</param>
public sealed record InspectedNote(string BatchId, DateTimeOffset Time, long AgeSeconds, bool ThisBoot, IReadOnlyList<InspectedTopicMark>? Mark);
