using System.Collections.Immutable;
using AdTracking.SchemaRegistry;

namespace AdTracking.EmbeddedRegistry.State;

/// <summary>All that the embedded registry knows. Immutable: a change is a new one.</summary>
/// <param name="Format">2; a higher number is refused rather than guessed at.</param>
/// <param name="NextId">The id of the next new schema. It only grows, so an id never changes its meaning.</param>
/// <param name="Schemas">Every schema once, by id.</param>
/// <param name="Subjects">The subjects by name.</param>
/// <param name="Level">The global compatibility level.</param>
/// <param name="Mode">The global mode.</param>
internal sealed record RegistryState(
    int Format,
    int NextId,
    ImmutableSortedDictionary<int, StoredSchema> Schemas,
    ImmutableSortedDictionary<string, SubjectState> Subjects,
    string Level,
    string Mode)
{
    public const int CurrentFormat = 2;

    /// <summary>Confluent's own default.</summary>
    public const string LevelByDefault = "BACKWARD";

    public static RegistryState Empty { get; } = new(
        CurrentFormat,
        1,
        ImmutableSortedDictionary<int, StoredSchema>.Empty,
        ImmutableSortedDictionary.Create<string, SubjectState>(StringComparer.Ordinal),
        LevelByDefault,
        RegistryMode.ReadWrite);

    public SubjectState Subject(string name) => Subjects.GetValueOrDefault(name, SubjectState.Empty);

    /// <summary>With a subject changed, or without it when nothing is left of it.</summary>
    public RegistryState With(string name, SubjectState subject) =>
        this with { Subjects = subject.IsNothing ? Subjects.Remove(name) : Subjects.SetItem(name, subject) };

    public string LevelOf(string subject) => Subject(subject).Level ?? Level;

    public string ModeOf(string subject) => Mode == RegistryMode.ReadOnlyOverride ? Mode : Subject(subject).Mode ?? Mode;

    public IEnumerable<(string Subject, StoredVersion Version)> VersionsOf(int id) =>
        Subjects.SelectMany(subject => subject.Value.Versions.Where(version => version.Id == id).Select(version => (subject.Key, version)));

    /// <summary>Ids of schemas that refer to a version.</summary>
    public IEnumerable<int> ReferencesTo(string subject, int version) => Schemas.Values
        .Where(schema => (schema.References ?? []).Any(reference => reference.Subject == subject && reference.Version == version)
            && VersionsOf(schema.Id).Any(use => !use.Version.IsDeleted))
        .Select(schema => schema.Id);
}

/// <summary>A subject. It may have settings before it has versions.</summary>
/// <param name="Versions">Oldest first, soft-deleted ones included.</param>
/// <param name="Level">Compatibility level of its own, or null.</param>
/// <param name="Mode">Mode of its own, or null.</param>
internal sealed record SubjectState(IReadOnlyList<StoredVersion> Versions, string? Level = null, string? Mode = null)
{
    public static SubjectState Empty { get; } = new([]);

    public IEnumerable<StoredVersion> Live => Versions.Where(version => !version.IsDeleted);

    public int NextVersion => Versions.Count == 0 ? 1 : Versions.Max(version => version.Version) + 1;

    public bool IsNothing => Versions.Count == 0 && Level is null && Mode is null;
}

/// <summary>One version of a subject.</summary>
/// <param name="Version">From 1; not used again while anything of the subject is left.</param>
/// <param name="Id">The schema.</param>
/// <param name="IsDeleted">Soft-deleted: records with its id can be read, but nothing is compared with it.</param>
internal sealed record StoredVersion(int Version, int Id, bool IsDeleted = false);

/// <param name="Id">The number that stands in front of every record of this schema.</param>
/// <param name="Text">The schema without insignificant white space.</param>
/// <param name="References">Types of other subjects that it uses; null for none.</param>
internal sealed record StoredSchema(int Id, string Text, IReadOnlyList<SchemaReference>? References = null)
{
    public bool Is(string text, IReadOnlyList<SchemaReference> references) =>
        Text == text && (References ?? []).SequenceEqual(references);
}
