using System.Text.Json;
using AdTracking.Gateway.Hosting;

namespace AdTracking.Gateway.Registry;

/// <summary>Schemas and subjects of the embedded registry: in memory, and in one file that is replaced whole at each change.</summary>
internal sealed class RegistryStore
{
    private static readonly JsonSerializerOptions FileJson = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Lock _writing = new();
    private readonly string _path;
    private volatile RegistryState _state;

    private RegistryStore(string path, RegistryState state)
    {
        _path = path;
        _state = state;
    }

    public IEnumerable<string> Subjects => _state.Subjects.Keys;

    /// <exception cref="InvalidDataException">The file is there and is not what this class writes.</exception>
    public static RegistryStore Open(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "schemas.json");
        return new RegistryStore(path, File.Exists(path) ? Read(path) : RegistryState.Empty);
    }

    public StoredSchema? FindSchema(int id) => _state.Schemas.FirstOrDefault(schema => schema.Id == id);

    /// <summary>Null when the subject is not there.</summary>
    public IReadOnlyList<SchemaVersion>? FindVersions(string subject)
    {
        var state = _state;
        return state.Subjects.TryGetValue(subject, out var ids) ? Versions(state, subject, ids) : null;
    }

    public IReadOnlyList<SchemaVersion> FindVersionsOf(int id)
    {
        var state = _state;
        return [.. state.Subjects.SelectMany(subject => Versions(state, subject.Key, subject.Value)).Where(version => version.Id == id)];
    }

    /// <summary>Adds the schema to the subject unless it is there. On disk when this returns.</summary>
    public SchemaVersion Register(string subject, string text)
    {
        lock (_writing)
        {
            var state = _state;
            var known = state.Schemas.FirstOrDefault(schema => schema.Text == text);
            var ids = state.Subjects.GetValueOrDefault(subject, []);
            if (known is not null && ids.Contains(known.Id))
            {
                return Versions(state, subject, ids).First(version => version.Id == known.Id);
            }

            var schema = known ?? new StoredSchema(state.NextId, text);
            var subjects = new SortedDictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
            foreach (var (name, versions) in state.Subjects)
            {
                subjects[name] = versions;
            }

            subjects[subject] = [.. ids, schema.Id];
            var next = state with
            {
                NextId = Math.Max(state.NextId, schema.Id + 1),
                Schemas = known is null ? [.. state.Schemas, schema] : state.Schemas,
                Subjects = subjects,
            };
            DurableFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(next, FileJson));
            _state = next;
            return new SchemaVersion(subject, ids.Count + 1, schema.Id, text);
        }
    }

    private static List<SchemaVersion> Versions(RegistryState state, string subject, IReadOnlyList<int> ids) =>
        [.. ids.Select((id, index) => new SchemaVersion(subject, index + 1, id, state.Schemas.First(schema => schema.Id == id).Text))];

    private static RegistryState Read(string path)
    {
        try
        {
            var state = JsonSerializer.Deserialize<RegistryState>(File.ReadAllBytes(path), FileJson);
            if (state is { Format: RegistryState.CurrentFormat, Schemas: not null, Subjects: not null })
            {
                return state;
            }

            throw new InvalidDataException($"{path}: format {state?.Format.ToString() ?? "missing"} is not one this version reads");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path}: {broken.Message}", broken);
        }
    }
}
