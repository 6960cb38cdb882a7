using Xunit.Sdk;
using Xunit.v3;

// Every class starts brokers, gateways and browsers: one after another, or they measure each other.
[assembly: AssemblyFixture(typeof(AdTracking.Builds.Tests.CompilerProcess))]
[assembly: Parallelization(Mode = ParallelMode.None)]
