namespace AdTracking.Testing;

/// <summary>How a process ended and what it wrote.</summary>
public sealed record ProcessOutcome(int ExitCode, string Output, string Errors)
{
    /// <summary>Itself when the exit code is 0; otherwise fails with all that was written.</summary>
    public ProcessOutcome Succeeded(string what) =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"{what}: exit code {ExitCode}\n{Output}\n{Errors}");
}
