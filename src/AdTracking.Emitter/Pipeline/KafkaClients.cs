using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;

namespace AdTracking.Emitter.Pipeline;

/// <summary>How a pipeline speaks to Kafka.</summary>
/// <param name="CreateProducer">Makes a producer: at the start, and when one has died.</param>
/// <param name="CreateLog">Makes a reader of Kafka's log.</param>
internal sealed record KafkaClients(Func<IEventProducer> CreateProducer, Func<IKafkaLog> CreateLog);
