namespace AdTracking.System.Tests.Faults;

[CollectionDefinition(FaultKafka.Name)]
public sealed class SharesFaultKafka : ICollectionFixture<FaultKafka>;
