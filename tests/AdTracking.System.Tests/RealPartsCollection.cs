namespace AdTracking.System.Tests;

[CollectionDefinition(RealParts.Name)]
public sealed class RealPartsCollection : ICollectionFixture<RealParts>;
