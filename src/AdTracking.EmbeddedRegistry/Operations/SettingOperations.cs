using AdTracking.Avro.Compatibility;
using AdTracking.EmbeddedRegistry.State;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary><c>/config</c> and <c>/mode</c>: of the registry, and of subjects.</summary>
internal sealed class SettingOperations(RegistryStore store)
{
    public RegistryReply GetLevel() => LevelBody(store.State.Level);

    public RegistryReply SetLevel(RegistryRequest request) => SetLevel(request, (state, level) => state with { Level = level });

    public RegistryReply DeleteLevel() => store.Change<RegistryReply>(state =>
        (state with { Level = RegistryState.LevelByDefault }, LevelBody(state.Level)));

    public RegistryReply GetSubjectLevel(RegistryRequest request)
    {
        var state = store.State;
        return (state.Subject(request.Subject).Level ?? (request.Is("defaultToGlobal") ? state.Level : null)) is { } level
            ? LevelBody(level)
            : RegistryError.LevelNotSet(request.Subject);
    }

    public RegistryReply SetSubjectLevel(RegistryRequest request) => SetLevel(request, (state, level) =>
        state.With(request.Subject, state.Subject(request.Subject) with { Level = level }));

    public RegistryReply DeleteSubjectLevel(RegistryRequest request) => store.Change<RegistryReply>(state =>
    {
        var subject = state.Subject(request.Subject);
        return subject.Level is { } level
            ? (state.With(request.Subject, subject with { Level = null }), LevelBody(level))
            : (state, RegistryError.SubjectNotFound(request.Subject));
    });

    public RegistryReply GetMode() => ModeBody(store.State.Mode);

    public RegistryReply SetMode(RegistryRequest request) => SetMode(
        request, state => state.Subjects.Values.Any(subject => subject.Live.Any()), (state, mode) => state with { Mode = mode });

    public RegistryReply GetSubjectMode(RegistryRequest request)
    {
        var state = store.State;
        return (state.Subject(request.Subject).Mode ?? (request.Is("defaultToGlobal") ? state.Mode : null)) is { } mode
            ? ModeBody(mode)
            : RegistryError.ModeNotSet(request.Subject);
    }

    public RegistryReply SetSubjectMode(RegistryRequest request) => SetMode(
        request,
        state => state.Subject(request.Subject).Live.Any(),
        (state, mode) => state.With(request.Subject, state.Subject(request.Subject) with { Mode = mode }));

    public RegistryReply DeleteSubjectMode(RegistryRequest request) => store.Change<RegistryReply>(state =>
    {
        var subject = state.Subject(request.Subject);
        return subject.Mode is { } mode
            ? (state.With(request.Subject, subject with { Mode = null }), ModeBody(mode))
            : (state, RegistryError.SubjectNotFound(request.Subject));
    });

    private static RegistryReply LevelBody(string level) => RegistryReply.Of(new { compatibilityLevel = level });

    private static RegistryReply ModeBody(string mode) => RegistryReply.Of(new { mode });

    private RegistryReply SetLevel(RegistryRequest request, Func<RegistryState, string, RegistryState> set)
    {
        if (request.Text("compatibility") is not { } name || !CompatibilityLevels.TryParse(name, out var level))
        {
            return RegistryError.InvalidLevel();
        }

        return store.Change<RegistryReply>(state =>
            (set(state, CompatibilityLevels.NameOf(level)), RegistryReply.Of(new { compatibility = CompatibilityLevels.NameOf(level) })));
    }

    private RegistryReply SetMode(RegistryRequest request, Func<RegistryState, bool> isUsed, Func<RegistryState, string, RegistryState> set)
    {
        if (RegistryMode.Parse(request.Text("mode")) is not { } mode)
        {
            return RegistryError.InvalidMode();
        }

        // Imported ids must not meet others.
        return store.Change<RegistryReply>(state => mode == RegistryMode.Import && isUsed(state) && !request.Is("force")
            ? (state, RegistryError.NotPermitted("Cannot import since found existing subjects"))
            : (set(state, mode), ModeBody(mode)));
    }
}
