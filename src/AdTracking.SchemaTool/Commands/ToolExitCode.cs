namespace AdTracking.SchemaTool.Commands;

/// <summary>How the tool ends, after sysexits.h where that has a word for it.</summary>
internal static class ToolExitCode
{
    /// <summary>Nothing to object to.</summary>
    public const int Ok = 0;

    /// <summary>A problem in the schemas, or generated code that is not fresh.</summary>
    public const int Problem = 1;

    /// <summary>Wrong use of the command line.</summary>
    public const int Usage = 64;

    /// <summary>The registry cannot be reached, or does not answer as one.</summary>
    public const int Unavailable = 69;
}
