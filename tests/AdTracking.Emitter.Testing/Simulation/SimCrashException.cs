namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>The simulated process ends here, in the middle of whatever it does.</summary>
public sealed class SimCrashException : Exception
{
    public SimCrashException()
        : base("the simulated process was killed")
    {
    }

    public SimCrashException(string message)
        : base(message)
    {
    }

    public SimCrashException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
