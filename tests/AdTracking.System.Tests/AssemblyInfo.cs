// Every class starts brokers, gateways and browsers: one after another, or they measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
