using Xunit.Abstractions;

namespace AdTracking.Testing;

/// <summary>Seeds of random tests: printed, and repeatable through the environment variable <c>TEST_SEED</c>.</summary>
public static class Seeds
{
    /// <summary>A seed, printed to the test's output together with the way to repeat it.</summary>
    public static int Next(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), out var wanted) ? wanted : System.Random.Shared.Next();
        output.WriteLine($"seed {seed} (repeat with TEST_SEED={seed})");
        return seed;
    }

    /// <summary>A random source with a printed seed.</summary>
    public static Random Random(ITestOutputHelper output) => new(Next(output));
}
