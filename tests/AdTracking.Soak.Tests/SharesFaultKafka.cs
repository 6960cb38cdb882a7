namespace AdTracking.Soak.Tests;

[CollectionDefinition(FaultKafka.Name)]
public sealed class SharesFaultKafka : ICollectionFixture<FaultKafka>;
