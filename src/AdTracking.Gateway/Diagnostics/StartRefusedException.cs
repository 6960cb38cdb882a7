namespace AdTracking.Gateway.Diagnostics;

/// <summary>The gateway cannot start and says why; the message is for the operator and the code is the process's.</summary>
internal sealed class StartRefusedException : Exception
{
    public StartRefusedException(int exitCode, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = exitCode;
    }

    public int Code { get; }
}
