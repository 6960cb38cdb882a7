using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Producing;

/// <summary>The producer's word on one record. Every record that was taken gets exactly one.</summary>
/// <param name="Opaque">What the caller knows it by.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Offset">Its offset; negative when it is not known.</param>
/// <param name="Error">Kafka's reason.</param>
internal readonly record struct RecordReport(ulong Opaque, RecordOutcome Outcome, long Offset, KafkaError Error);
