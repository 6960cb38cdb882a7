using System.Text.Json.Serialization;

namespace AdTracking.Avro.Registry;

/// <summary>Serialisation without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegistryMessages.SchemaBody))]
[JsonSerializable(typeof(RegistryMessages.IdBody))]
[JsonSerializable(typeof(RegistryMessages.VersionBody))]
[JsonSerializable(typeof(RegistryMessages.VerdictBody))]
[JsonSerializable(typeof(RegistryMessages.LevelBody))]
[JsonSerializable(typeof(RegistryMessages.ErrorBody))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class RegistryJson : JsonSerializerContext;
