using System.Text.Json;
using AdTracking.EmbeddedRegistry.Storage;
using AdTracking.Gateway.Diagnostics;

namespace AdTracking.Gateway.Storage;

/// <summary>The directory that belongs to one gateway: locked for the process's life, and bound to the Kafka cluster and registry that its
/// contents are about.</summary>
internal sealed class DataDirectory : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly FileStream _lock;
    private readonly Lock _claim = new();

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string RegistryPath => System.IO.Path.Combine(Path, "registry");

    public string JournalPath => System.IO.Path.Combine(Path, "journal");

    /// <summary>What the next run has to know about this one's ledger.</summary>
    public string LedgerNotePath => System.IO.Path.Combine(Path, "ledger.json");

    public string GatewayFilePath => System.IO.Path.Combine(Path, "gateway.json");

    /// <summary>Whether an earlier run has left something in the journal.</summary>
    public bool HasJournal => Directory.Exists(JournalPath) && Directory.EnumerateFiles(JournalPath, "*.seg").Any();

    private string OwnerPath => System.IO.Path.Combine(Path, "owner.json");

    /// <summary>Makes the directory where it is missing and takes its lock.</summary>
    /// <exception cref="StartRefusedException">It cannot be used; the message says why.</exception>
    public static DataDirectory Open(string directory)
    {
        var path = System.IO.Path.GetFullPath(directory);
        try
        {
            var isNew = !Directory.Exists(path);
            Directory.CreateDirectory(path);
            if (isNew && System.IO.Path.GetDirectoryName(path) is { } parent)
            {
                DurableFile.SyncDirectory(parent);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(ExitCode.DataDirectory, $"The data directory {path} cannot be made: {refused.Message}", refused);
        }

        try
        {
            // FileShare.None is an advisory lock (flock) on Unix. The file stays: removing it would let two processes lock two files.
            var held = new FileStream(
                System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return new DataDirectory(path, held);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                ExitCode.DataDirectory,
                $"The data directory {path} cannot be locked: {refused.Message} If another gateway runs on it, stop that one or give this one "
                + "a directory of its own with --Data:Directory=",
                refused);
        }
    }

    /// <summary>Makes the journal's directory where it is missing, so that a power cut cannot take its name away.</summary>
    /// <exception cref="StartRefusedException">It cannot be made.</exception>
    public void MakeJournal()
    {
        try
        {
            Directory.CreateDirectory(JournalPath);
            DurableFile.SyncDirectory(Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                ExitCode.DataDirectory, $"The journal's directory {JournalPath} cannot be made: {refused.Message}", refused);
        }
    }

    /// <summary>The cluster and registry that the directory belongs to; null until the first claim.</summary>
    /// <exception cref="StartRefusedException">The file that says so cannot be read.</exception>
    public DataOwner? ReadOwner()
    {
        if (!File.Exists(OwnerPath))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<DataOwner>(File.ReadAllBytes(OwnerPath), Json)
                ?? throw new JsonException("it is empty");
        }
        catch (JsonException broken)
        {
            throw new StartRefusedException(ExitCode.DataDirectory, $"{OwnerPath} cannot be read: {broken.Message}", broken);
        }
    }

    /// <summary>Binds the directory to a cluster and a registry the first time, and refuses any other afterwards. Start and readiness loop may
    /// both come to it.</summary>
    /// <exception cref="StartRefusedException">It belongs to others, or cannot be written.</exception>
    public void Claim(DataOwner wanted)
    {
        lock (_claim)
        {
            if (ReadOwner() is { } owner)
            {
                Compare(owner, wanted);
            }
            else
            {
                WriteOwner(wanted);
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private void WriteOwner(DataOwner owner)
    {
        try
        {
            DurableFile.Replace(OwnerPath, JsonSerializer.SerializeToUtf8Bytes(owner, Json));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(ExitCode.DataDirectory, $"{OwnerPath} cannot be written: {refused.Message}", refused);
        }
    }

    private void Compare(DataOwner owner, DataOwner wanted)
    {
        if (owner != wanted)
        {
            throw new StartRefusedException(
                ExitCode.Configuration,
                $"The data directory {Path} belongs to Kafka cluster '{owner.Kafka}' and registry '{owner.Registry}', but this start is for Kafka "
                + $"cluster '{wanted.Kafka}' and registry '{wanted.Registry}'. What is kept there would go to the wrong place. Give this gateway "
                + "another directory with --Data:Directory=, go back to the former settings, or remove the directory if nothing in it is needed.");
        }
    }
}

/// <summary>What the contents of a data directory are about.</summary>
/// <param name="Kafka">Kafka's cluster id, or <see cref="Embedded"/>.</param>
/// <param name="Registry">The registry's address, or <see cref="Embedded"/>.</param>
internal sealed record DataOwner(string Kafka, string Registry)
{
    /// <summary>The embedded parts count as one and the same from start to start.</summary>
    public const string Embedded = "embedded";
}
