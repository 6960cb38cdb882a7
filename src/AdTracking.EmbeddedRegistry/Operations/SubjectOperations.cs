using AdTracking.EmbeddedRegistry.State;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary><c>/subjects</c>: what there is, looked up and read.</summary>
internal sealed class SubjectOperations(RegistryStore store)
{
    public RegistryReply List(RegistryRequest request)
    {
        var prefix = request.Query("subjectPrefix") ?? "";
        return RegistryReply.Of(store.State.Subjects
            .Where(subject => subject.Key.StartsWith(prefix, StringComparison.Ordinal) && Shown(subject.Value, request).Any())
            .Select(subject => subject.Key));
    }

    public RegistryReply ListVersions(RegistryRequest request)
    {
        var versions = Shown(store.State.Subject(request.Subject), request).Select(version => version.Version).ToList();
        return versions.Count > 0 ? RegistryReply.Of(versions) : RegistryError.SubjectNotFound(request.Subject);
    }

    public RegistryReply Get(RegistryRequest request) => With(request, (state, version) => RegistryReply.Of(Body(state, request.Subject, version)));

    public RegistryReply GetText(RegistryRequest request) =>
        With(request, (state, version) => RegistryReply.OfJson(state.Schemas[version.Id].Text));

    public RegistryReply ListReferences(RegistryRequest request) =>
        With(request, (state, version) => RegistryReply.Of(state.ReferencesTo(request.Subject, version.Version)));

    public RegistryReply LookUp(RegistryRequest request)
    {
        var state = store.State;
        var (submitted, problem) = SubmittedText.Read(request, state);
        if (submitted is null)
        {
            return problem!;
        }

        var shown = Shown(state.Subject(request.Subject), request).ToList();
        if (shown.Count == 0)
        {
            return RegistryError.SubjectNotFound(request.Subject);
        }

        return shown.FindLast(version => state.Schemas[version.Id].Is(submitted.Text, submitted.References)) is { } found
            ? RegistryReply.Of(Body(state, request.Subject, found))
            : RegistryError.SchemaNotFound();
    }

    /// <summary>The version that a path names: a number or <c>latest</c>.</summary>
    public static (StoredVersion? Version, RegistryError? Problem) Find(SubjectState subject, string name, string text, bool withDeleted = false)
    {
        var isLatest = text is "latest" or "-1";
        if (!isLatest && (!int.TryParse(text, out var number) || number < 1))
        {
            return (null, RegistryError.InvalidVersion(text));
        }

        var shown = withDeleted ? subject.Versions : [.. subject.Live];
        if (shown.Count == 0)
        {
            return (null, RegistryError.SubjectNotFound(name));
        }

        var found = isLatest ? shown[^1] : shown.FirstOrDefault(version => $"{version.Version}" == text);
        return found is null ? (null, RegistryError.VersionNotFound(text)) : (found, null);
    }

    private static object Body(RegistryState state, string subject, StoredVersion version)
    {
        var schema = state.Schemas[version.Id];
        return new
        {
            subject,
            version = version.Version,
            id = version.Id,
            schema = schema.Text,
            references = schema.References is { Count: > 0 } references ? references : null,
        };
    }

    private static IEnumerable<StoredVersion> Shown(SubjectState subject, RegistryRequest request) =>
        request.Is("deletedOnly") ? subject.Versions.Where(version => version.IsDeleted)
        : request.Is("deleted") ? subject.Versions
        : subject.Live;

    private RegistryReply With(RegistryRequest request, Func<RegistryState, StoredVersion, RegistryReply> reply)
    {
        var state = store.State;
        var (version, problem) = Find(state.Subject(request.Subject), request.Subject, request.Version, request.Is("deleted"));
        return version is null ? problem! : reply(state, version);
    }
}
