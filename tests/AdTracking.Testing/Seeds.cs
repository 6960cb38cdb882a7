namespace AdTracking.Testing;

/// <summary>Seeds of random tests: the same in every run, so that a run can be repeated and a red one means a change; printed. The
/// environment variable <c>TEST_SEED</c> gives another one, and <c>TEST_SEED=random</c> a new one each time, for long searches.</summary>
public static class Seeds
{
    private const int Usual = 20_171_107;

    /// <summary>The seed of this run.</summary>
    public static int Start { get; } = Environment.GetEnvironmentVariable("TEST_SEED") switch
    {
        "random" => System.Random.Shared.Next(1 << 28),
        { } text when int.TryParse(text, out var wanted) => wanted,
        _ => Usual,
    };

    // Room above it for a million seeds in a row.
    private static int FreshStart { get; } =
        Environment.GetEnvironmentVariable("TEST_SEED") is not null ? Start
        : int.TryParse(Environment.GetEnvironmentVariable("TEST_FRESH_SEED"), out var fresh) ? fresh
        : System.Random.Shared.Next(1 << 28);

    /// <summary>The seed, printed to the test's output together with the way to repeat it.</summary>
    public static int Next(ITestOutputHelper output)
    {
        output.WriteLine($"seed {Start} (repeat with TEST_SEED={Start})");
        return Start;
    }

    /// <summary>A seed for searches that are to see something new with every commit: <c>eng/test.sh</c> derives it from the commit
    /// (<c>TEST_FRESH_SEED</c>); without it, any. <c>TEST_SEED</c> goes before. Printed.</summary>
    public static int Fresh(ITestOutputHelper output)
    {
        output.WriteLine($"seed {FreshStart} (repeat with TEST_SEED={FreshStart})");
        return FreshStart;
    }

    /// <summary>A random source with a printed seed.</summary>
    public static Random Random(ITestOutputHelper output) => new(Next(output));
}
