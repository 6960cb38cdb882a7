namespace AdTracking.Faults.Tests;

[CollectionDefinition(FaultKafka.Name)]
public sealed class SharesFaultKafka : ICollectionFixture<FaultKafka>;
