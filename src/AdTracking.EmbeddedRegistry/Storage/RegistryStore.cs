using AdTracking.EmbeddedRegistry.State;

namespace AdTracking.EmbeddedRegistry.Storage;

/// <summary>Holds the state of the embedded registry: in memory, and in one file that is replaced whole at each change.</summary>
internal sealed class RegistryStore
{
    private readonly Lock _writing = new();
    private readonly string _path;
    private volatile RegistryState _state;

    private RegistryStore(string path, RegistryState state)
    {
        _path = path;
        _state = state;
    }

    public RegistryState State => _state;

    /// <exception cref="InvalidDataException">The file is there and is not what this class writes.</exception>
    public static RegistryStore Open(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "schemas.json");
        return new RegistryStore(path, File.Exists(path) ? RegistryFile.Read(path) : RegistryState.Empty);
    }

    /// <summary>Makes one change after another; what it made is on disk when this returns. A change of nothing writes nothing.</summary>
    public TReply Change<TReply>(Func<RegistryState, (RegistryState Next, TReply Reply)> change)
    {
        lock (_writing)
        {
            var (next, reply) = change(_state);
            if (next != _state)
            {
                RegistryFile.Write(_path, next);
                _state = next;
            }

            return reply;
        }
    }
}
