using AdTracking.Benchmarks.Events;
using BenchmarkDotNet.Running;

// "ratio" is the quick answer (a few seconds, one process, side by side); everything else goes to BenchmarkDotNet.
if (args is ["ratio"]) return EventRatio.Run();
BenchmarkSwitcher.FromAssembly(typeof(EventRatio).Assembly).Run(args);
return 0;
