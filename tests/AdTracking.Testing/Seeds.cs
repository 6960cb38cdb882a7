namespace AdTracking.Testing;

/// <summary>Seeds of random tests: the same in every run, so that a run can be repeated and a red one means a change; printed. The
/// environment variable <c>TEST_SEED</c> gives another one, and <c>TEST_SEED=random</c> a new one each time, for long searches.</summary>
public static class Seeds
{
    private const int Usual = 20_171_107;

    /// <summary>The seed of this run.</summary>
    public static int Start { get; } = Environment.GetEnvironmentVariable("TEST_SEED") switch
    {
        "random" => System.Random.Shared.Next(),
        { } text when int.TryParse(text, out var wanted) => wanted,
        _ => Usual,
    };

    /// <summary>The seed, printed to the test's output together with the way to repeat it.</summary>
    public static int Next(ITestOutputHelper output)
    {
        output.WriteLine($"seed {Start} (repeat with TEST_SEED={Start})");
        return Start;
    }

    /// <summary>A random source with a printed seed.</summary>
    public static Random Random(ITestOutputHelper output) => new(Next(output));
}
