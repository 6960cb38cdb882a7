using AdTracking.Benchmarks.Events;
using AdTracking.Benchmarks.Produce;
using BenchmarkDotNet.Running;

// `ratio` is the quick answer for decoding (a few seconds, one process, side by side); `produce` and `ticks` count what a broker holds;
// everything else goes to BenchmarkDotNet.
return args switch
{
    ["ratio"] => EventRatio.Run(),
    ["produce", .. var rest] => await ProduceComparison.RunAsync(ProduceArguments.Parse(rest)),
    ["ticks", .. var rest] => await TickComparison.RunAsync(ProduceArguments.Parse(rest)),
    _ => Others(args),
};

static int Others(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(EventRatio).Assembly).Run(args);
    return 0;
}
