namespace AdTracking.Gateway.Registry;

/// <summary>The file of the embedded registry, as it is written.</summary>
/// <param name="Format">1; a higher number is refused rather than guessed at.</param>
/// <param name="NextId">The id of the next new schema. It only grows, so an id never changes its meaning.</param>
/// <param name="Schemas">Every schema once.</param>
/// <param name="Subjects">The schema ids of each subject, oldest version first.</param>
internal sealed record RegistryState(
    int Format, int NextId, IReadOnlyList<StoredSchema> Schemas, IReadOnlyDictionary<string, IReadOnlyList<int>> Subjects)
{
    public const int CurrentFormat = 1;

    public static RegistryState Empty { get; } =
        new(CurrentFormat, 1, [], new SortedDictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal).AsReadOnly());
}
