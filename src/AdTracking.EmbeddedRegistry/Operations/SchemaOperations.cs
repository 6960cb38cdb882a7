using AdTracking.EmbeddedRegistry.State;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary><c>/schemas</c>: schemas by id, and where they are used.</summary>
internal sealed class SchemaOperations(RegistryStore store)
{
    public RegistryReply Get(RegistryRequest request) => With(request, (state, schema) => RegistryReply.Of(new
    {
        schema = schema.Text,
        references = schema.References is { Count: > 0 } references ? references : null,
        maxId = request.Is("fetchMaxId") ? state.Schemas.Keys.Max() : (int?)null,
    }));

    public RegistryReply GetText(RegistryRequest request) => With(request, (_, schema) => RegistryReply.OfJson(schema.Text));

    public RegistryReply GetVersions(RegistryRequest request) => With(request, (state, schema) => RegistryReply.Of(
        Uses(state, schema, request).Select(use => new { subject = use.Subject, version = use.Version.Version })));

    public RegistryReply GetSubjects(RegistryRequest request) => With(request, (state, schema) => RegistryReply.Of(
        Uses(state, schema, request).Select(use => use.Subject).Distinct()));

    /// <summary>The references of a schema as Apicurio's own API lists them: its converter resolves them itself.</summary>
    public RegistryReply GetReferences(RegistryRequest request) => With(request, (_, schema) => RegistryReply.Of(
        (schema.References ?? []).Select(reference => new
        {
            name = reference.Name,
            artifactId = reference.Subject,
            version = $"{reference.Version}",
        })));

    private static IEnumerable<(string Subject, StoredVersion Version)> Uses(RegistryState state, StoredSchema schema, RegistryRequest request) =>
        state.VersionsOf(schema.Id).Where(use => !use.Version.IsDeleted || request.Is("deleted"));

    private RegistryReply With(RegistryRequest request, Func<RegistryState, StoredSchema, RegistryReply> reply)
    {
        var state = store.State;
        return int.TryParse(request.Id, out var id) && state.Schemas.TryGetValue(id, out var schema)
            ? reply(state, schema)
            : RegistryError.SchemaNotFound(request.Id);
    }
}
