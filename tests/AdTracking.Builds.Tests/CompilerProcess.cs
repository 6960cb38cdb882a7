using AdTracking.Testing;

namespace AdTracking.Builds.Tests;

/// <summary>One compiler process for all builds of this suite, so that each build does not start and warm up its own. It ends with the tests.</summary>
public sealed class CompilerProcess : IAsyncDisposable
{
    private static readonly string Id = $"adtracking-{Guid.NewGuid():N}";

    private readonly Watchdog _watchdog = Watchdog.Start("pkill -f -- \"-pipename:$1\"", Id);

    /// <summary>What <c>dotnet build</c> is given: this process, and no node of MSBuild that outlives the build.</summary>
    public static string[] Arguments { get; } = ["-nodeReuse:false", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={Id}"];

    public ValueTask DisposeAsync() => _watchdog.DisposeAsync();
}
