namespace AdTracking.RealBroker.Tests;

[CollectionDefinition(RealParts.Name)]
public sealed class SharesRealParts : ICollectionFixture<RealParts>;
