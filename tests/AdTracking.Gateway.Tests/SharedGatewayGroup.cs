namespace AdTracking.Gateway.Tests;

[CollectionDefinition(SharedGateway.Name)]
public sealed class SharedGatewayGroup : ICollectionFixture<SharedGateway>;
