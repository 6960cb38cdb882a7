using AdTracking.EmbeddedRegistry.State;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary>POST <c>/subjects/{subject}/versions</c>: a schema comes in when it is valid and compatible.</summary>
internal sealed class RegisterOperation(RegistryStore store)
{
    public RegistryReply Register(RegistryRequest request) => store.Change<RegistryReply>(state =>
    {
        var (submitted, problem) = SubmittedText.Read(request, state);
        return submitted is null ? (state, problem!) : Register(state, request, submitted);
    });

    private static (RegistryState Next, RegistryReply Reply) Register(RegistryState state, RegistryRequest request, SubmittedText submitted)
    {
        var subject = state.Subject(request.Subject);
        var live = subject.Live.ToList();
        var known = live.Find(version => state.Schemas[version.Id].Is(submitted.Text, submitted.References));
        if (known is not null)
        {
            return (state, RegistryReply.Of(new { id = known.Id }));
        }

        var mode = state.ModeOf(request.Subject);
        if (RegistryMode.IsReadOnly(mode))
        {
            return (state, RegistryError.ReadOnly(request.Subject));
        }

        var wantedId = request.Number("id");
        if (wantedId is not null && mode != RegistryMode.Import)
        {
            return (state, RegistryError.NotPermitted($"Subject {request.Subject} is not in import mode"));
        }

        if (mode == RegistryMode.Import)
        {
            return Add(state, request, submitted, wantedId);
        }

        var reasons = CompatibilityJudge.Judge(submitted.Schema, live, state.LevelOf(request.Subject), state);
        return reasons.Count > 0
            ? (state, RegistryError.Incompatible(request.Subject, reasons))
            : Add(state, request, submitted, wantedId: null);
    }

    private static (RegistryState Next, RegistryReply Reply) Add(
        RegistryState state, RegistryRequest request, SubmittedText submitted, int? wantedId)
    {
        var known = state.Schemas.Values.FirstOrDefault(schema => schema.Is(submitted.Text, submitted.References));
        if (wantedId is { } id && (id < 1 || (state.Schemas.TryGetValue(id, out var other) && !other.Is(submitted.Text, submitted.References))))
        {
            return (state, RegistryError.NotPermitted($"Overwrite new schema with id {id} is not permitted."));
        }

        var schema = new StoredSchema(
            wantedId ?? known?.Id ?? state.NextId, submitted.Text, submitted.References.Count == 0 ? null : submitted.References);
        var subject = state.Subject(request.Subject);
        var number = request.Number("version") is { } wanted and > 0 && wantedId is not null ? wanted : subject.NextVersion;
        var versions = subject.Versions.Where(version => version.Version != number).Append(new StoredVersion(number, schema.Id));
        var next = state with
        {
            NextId = Math.Max(state.NextId, schema.Id + 1),
            Schemas = state.Schemas.SetItem(schema.Id, schema),
        };
        return (next.With(request.Subject, subject with { Versions = [.. versions.OrderBy(version => version.Version)] }),
            RegistryReply.Of(new { id = schema.Id }));
    }
}
