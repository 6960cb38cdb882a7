namespace AdTracking.Kafka.Protocol;

/// <summary>A broker as others are told of it.</summary>
/// <param name="NodeId">Its id.</param>
/// <param name="Host">Its host name or address.</param>
/// <param name="Port">Its port.</param>
internal readonly record struct BrokerEndpoint(int NodeId, string Host, int Port);
