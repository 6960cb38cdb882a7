using AdTracking.EmbeddedRegistry.State;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary><c>/compatibility</c>: what registration would say. Changes nothing.</summary>
internal sealed class CompatibilityOperations(RegistryStore store)
{
    /// <summary>Beside all versions that the subject's level looks at.</summary>
    public RegistryReply TestAll(RegistryRequest request) => Test(request, state => ([.. state.Subject(request.Subject).Live], null));

    /// <summary>Beside one version, in the directions of the subject's level.</summary>
    public RegistryReply TestVersion(RegistryRequest request) => Test(request, state =>
    {
        var subject = state.Subject(request.Subject);
        var isLatest = request.Version is "latest" or "-1";
        if (isLatest && !subject.Live.Any())
        {
            return ([], null);
        }

        var (version, problem) = SubjectOperations.Find(subject, request.Subject, request.Version);
        if (version is not null)
        {
            return ([version], null);
        }

        return ([], problem!.ErrorCode == RegistryError.SubjectNotFound("").ErrorCode ? RegistryError.VersionNotFound(request.Version) : problem);
    });

    private RegistryReply Test(
        RegistryRequest request, Func<RegistryState, (IReadOnlyList<StoredVersion> Versions, RegistryError? Problem)> versions)
    {
        var state = store.State;
        var (compared, problem) = versions(state);
        if (problem is not null)
        {
            return problem;
        }

        var (submitted, invalid) = SubmittedText.Read(request, state);
        if (submitted is null)
        {
            return invalid!;
        }

        var reasons = CompatibilityJudge.Judge(submitted.Schema, compared, state.LevelOf(request.Subject), state);
        return RegistryReply.Of(request.Is("verbose")
            ? new { is_compatible = reasons.Count == 0, messages = reasons }
            : new { is_compatible = reasons.Count == 0 });
    }
}
