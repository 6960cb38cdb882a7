namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>A moment in a call to the simulated files.</summary>
internal enum SimCall
{
    Create,
    Open,
    Write,
    WriteHalf,
    Written,
    Read,
    Allocate,
    Sync,
    Synced,
    SyncDirectory,
    Delete,
    List,
}
