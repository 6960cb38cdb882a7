using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>The calls of <see cref="IJournalFiles"/>.</summary>
public enum FileCall
{
    Create,
    Open,
    Close,
    Write,
    Read,
    Allocate,
    Sync,
    SyncDirectory,
    Delete,
    Length,
    List,
}
