using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdTracking.Emitter.Logging;
using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Schemas;

/// <summary>What registries have said, on disk: registry, subject and SHA-256 of the whole schema text to id. Ids never change in a
/// registry, so an entry is good for ever. The file is replaced whole, by a rename; one that cannot be read is as good as none.</summary>
internal sealed class SchemaIdCache
{
    private readonly string _path;
    private readonly string _registry;
    private readonly ILogger _logger;
    private readonly List<SchemaIdCacheEntry> _entries;

    public SchemaIdCache(string path, string registry, ILogger logger)
    {
        _path = path;
        _registry = registry;
        _logger = logger;
        _entries = Read();
    }

    /// <summary>The id of a schema, if this registry has given one before.</summary>
    public int? Find(SchemaSource schema)
    {
        var sha = Hash(schema.Text);
        return _entries.Find(entry => Matches(entry, schema, sha))?.Id;
    }

    /// <summary>Keeps an id. Writes only when it is news.</summary>
    public void Put(SchemaSource schema, int id)
    {
        var sha = Hash(schema.Text);
        if (_entries.Exists(entry => Matches(entry, schema, sha) && entry.Id == id))
        {
            return;
        }

        _entries.RemoveAll(entry => Matches(entry, schema, sha));
        _entries.Add(new SchemaIdCacheEntry(_registry, schema.Subject, sha, id));
        try
        {
            Write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            EmitterLog.CacheNotWritten(_logger, _path, failure.Message);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private bool Matches(SchemaIdCacheEntry entry, SchemaSource schema, string sha) =>
        entry.Registry == _registry && entry.Subject == schema.Subject && entry.Sha256 == sha;

    private List<SchemaIdCacheEntry> Read()
    {
        try
        {
            return File.Exists(_path)
                ? [.. JsonSerializer.Deserialize(File.ReadAllBytes(_path), SchemaIdCacheJson.Default.SchemaIdCacheEntryArray) ?? []]
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            EmitterLog.CacheNotRead(_logger, _path, failure.Message);
            return [];
        }
    }

    private void Write()
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(_path));
        Directory.CreateDirectory(directory!);
        var written = _path + ".new";
        using (FileStream file = new(written, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, [.. _entries], SchemaIdCacheJson.Default.SchemaIdCacheEntryArray);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, _path, overwrite: true);
    }
}
