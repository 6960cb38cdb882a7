using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdTracking.EmbeddedRegistry.State;

namespace AdTracking.EmbeddedRegistry.Storage;

/// <summary>The file of the embedded registry: replaced whole, and on disk before a request is answered.</summary>
internal static class RegistryFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="InvalidDataException">The file is there and is not what this class writes.</exception>
    public static RegistryState Read(string path)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(content);
            var format = document.RootElement.TryGetProperty("format", out var number) && number.TryGetInt32(out var value) ? value : 0;
            var state = format switch
            {
                1 => ReadFirstFormat(document.RootElement),
                RegistryState.CurrentFormat => JsonSerializer.Deserialize<RegistryState>(content, Json),
                _ => throw new InvalidDataException($"{path}: format {format} is not one this version reads"),
            };
            return state is { Schemas: not null, Subjects: not null, Level: not null, Mode: not null }
                ? state with { Subjects = state.Subjects.WithComparers(StringComparer.Ordinal) }
                : throw new InvalidDataException($"{path}: something is missing");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path}: {broken.Message}", broken);
        }
    }

    public static void Write(string path, RegistryState state) =>
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(state, Json));

    // Version 0.1 kept a list of ids for each subject, and judged nothing.
    private static RegistryState ReadFirstFormat(JsonElement root)
    {
        var schemas = root.GetProperty("schemas").EnumerateArray()
            .Select(schema => new StoredSchema(schema.GetProperty("id").GetInt32(), schema.GetProperty("text").GetString()!));
        var state = RegistryState.Empty with
        {
            NextId = root.GetProperty("nextId").GetInt32(),
            Schemas = schemas.ToImmutableSortedDictionary(schema => schema.Id, schema => schema),
        };
        foreach (var subject in root.GetProperty("subjects").EnumerateObject())
        {
            var versions = subject.Value.EnumerateArray().Select((id, index) => new StoredVersion(index + 1, id.GetInt32()));
            state = state.With(subject.Name, new SubjectState([.. versions]));
        }

        return state;
    }
}
