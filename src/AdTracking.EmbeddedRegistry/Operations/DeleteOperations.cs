using System.Collections.Immutable;
using AdTracking.EmbeddedRegistry.State;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary>DELETE of subjects and versions: softly first, which hides them from everything but readers by id; then for good. A schema is
/// forgotten when no version of any subject is left of it; its id is never given again.</summary>
internal sealed class DeleteOperations(RegistryStore store)
{
    public RegistryReply DeleteSubject(RegistryRequest request) => store.Change<RegistryReply>(state =>
    {
        var name = request.Subject;
        var subject = state.Subject(name);
        var live = subject.Live.ToList();
        var isPermanent = request.Is("permanent");
        if (Refusal(state, name, isPermanent ? subject.Versions : live) is { } refusal)
        {
            return (state, refusal);
        }

        if (subject.Versions.Count == 0)
        {
            return (state, RegistryError.SubjectNotFound(name));
        }

        if (isPermanent)
        {
            return live.Count > 0
                ? (state, RegistryError.SubjectNotSoftDeleted(name))
                : (Forget(state, name, subject, subject.Versions), RegistryReply.Of(subject.Versions.Select(version => version.Version)));
        }

        return live.Count == 0
            ? (state, RegistryError.SubjectSoftDeleted(name))
            : (Hide(state, name, subject, live), RegistryReply.Of(live.Select(version => version.Version)));
    });

    public RegistryReply DeleteVersion(RegistryRequest request) => store.Change<RegistryReply>(state =>
    {
        var name = request.Subject;
        var subject = state.Subject(name);
        var isPermanent = request.Is("permanent");
        var (version, problem) = SubjectOperations.Find(subject, name, request.Version, withDeleted: true);
        if (version is null)
        {
            return (state, problem!);
        }

        if (Refusal(state, name, [version]) is { } refusal)
        {
            return (state, refusal);
        }

        if (isPermanent != version.IsDeleted)
        {
            return (state, isPermanent
                ? RegistryError.VersionNotSoftDeleted(name, version.Version)
                : RegistryError.VersionSoftDeleted(name, version.Version));
        }

        var next = isPermanent ? Forget(state, name, subject, [version]) : Hide(state, name, subject, [version]);
        return (next, RegistryReply.Of(version.Version));
    });

    private static RegistryError? Refusal(RegistryState state, string name, IReadOnlyList<StoredVersion> versions)
    {
        if (RegistryMode.IsReadOnly(state.ModeOf(name)))
        {
            return RegistryError.ReadOnly(name);
        }

        return versions.FirstOrDefault(version => state.ReferencesTo(name, version.Version).Any()) is { } referred
            ? RegistryError.ReferenceExists(name, referred.Version)
            : null;
    }

    private static RegistryState Hide(RegistryState state, string name, SubjectState subject, IReadOnlyList<StoredVersion> versions) =>
        state.With(name, subject with
        {
            Versions = [.. subject.Versions.Select(version => versions.Contains(version) ? version with { IsDeleted = true } : version)],
        });

    private static RegistryState Forget(RegistryState state, string name, SubjectState subject, IReadOnlyList<StoredVersion> versions)
    {
        var next = state.With(name, subject with { Versions = [.. subject.Versions.Except(versions)] });
        return next with
        {
            Schemas = next.Schemas.Where(schema => next.VersionsOf(schema.Key).Any()).ToImmutableSortedDictionary(),
        };
    }
}
