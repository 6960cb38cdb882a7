using System.Collections.Immutable;

namespace AdTracking.Gateway.Registry;

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
