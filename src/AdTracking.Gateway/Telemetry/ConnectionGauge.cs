using Microsoft.AspNetCore.Connections;

namespace AdTracking.Gateway.Telemetry;

/// <summary>Counts open connections of the public listener.</summary>
internal sealed class ConnectionGauge
{
    private long _opened;
    private long _open;

    public long Opened => Volatile.Read(ref _opened);

    public long Open => Volatile.Read(ref _open);

    public ConnectionDelegate Count(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _opened);
        Interlocked.Increment(ref _open);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    };
}
