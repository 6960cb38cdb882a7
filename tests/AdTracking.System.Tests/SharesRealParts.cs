using AdTracking.Testing;

namespace AdTracking.System.Tests;

[CollectionDefinition(RealParts.Name)]
public sealed class SharesRealParts : ICollectionFixture<RealParts>;
