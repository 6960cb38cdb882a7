namespace AdTracking.RealRegistry.Tests;

[CollectionDefinition(RealParts.Name)]
public sealed class SharesRealParts : ICollectionFixture<RealParts>;
