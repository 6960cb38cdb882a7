using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

[CollectionDefinition(RealParts.Name)]
public sealed class SharesRealParts : ICollectionFixture<RealParts>;
