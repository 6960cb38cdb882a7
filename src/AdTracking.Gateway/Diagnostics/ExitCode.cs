using System.Net;

namespace AdTracking.Gateway.Diagnostics;

/// <summary>How the process ends; the numbers are those of sysexits.h where it has one.</summary>
internal static class ExitCode
{
    /// <summary>Drained, or what was asked for is printed.</summary>
    public const int Done = 0;

    public const int InternalError = 70;
    public const int DataDirectory = 74;
    public const int Configuration = 78;

    /// <summary>A second signal while draining: 128 + SIGINT, whichever signal it was.</summary>
    public const int SecondSignal = 130;
}

/// <summary>The gateway cannot start and says why; the message is for the operator and the code is the process's.</summary>
internal sealed class StartRefusedException : Exception
{
    public StartRefusedException(int exitCode, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = exitCode;
    }

    public int Code { get; }

    /// <summary>An address cannot be bound.</summary>
    /// <param name="address">The address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="setting">The setting to change.</param>
    /// <param name="busy">What the system said.</param>
    public static StartRefusedException CannotListen(IPAddress address, int port, string setting, Exception busy) => new(
        ExitCode.Configuration,
        $"Cannot listen on {address}:{port}: {busy.InnerException?.Message ?? busy.Message}. Choose another with --{setting}=",
        busy);
}
