using System.Net;

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
