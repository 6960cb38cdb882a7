using AdTracking.Testing;

namespace AdTracking.Builds.Tests;

[CollectionDefinition(RealParts.Name)]
public sealed class SharesRealParts : ICollectionFixture<RealParts>;
