using System.Runtime.InteropServices;
using AdTracking.Gateway.Diagnostics;

namespace AdTracking.Gateway.Hosting;

/// <summary>SIGTERM and SIGINT: the first asks for a drain, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<PosixSignal> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        ];
    }

    /// <summary>Cancelled with the first signal, also while the gateway still starts.</summary>
    public CancellationToken First => _stop.Token;

    public Task<PosixSignal> WaitAsync() => _first.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_first.TrySetResult(context.Signal))
        {
            _stop.Cancel();
        }
        else
        {
            Environment.Exit(ExitCode.SecondSignal);
        }
    }
}
