using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Model;

/// <summary>A record with what its <c>adt.</c> attributes say.</summary>
/// <param name="Schema">The record as Avro sees it.</param>
/// <param name="Event">The event class (<c>impression</c>), or null for a record that is not an event.</param>
/// <param name="Revision">Revision of the contract, written into every event as <c>schema_rev</c>.</param>
/// <param name="Names">Names that occurrences of this event may have.</param>
/// <param name="Aliases">Other spellings of these names.</param>
/// <param name="Fields">The fields in order.</param>
internal sealed record RecordModel(
    RecordSchema Schema,
    string? Event,
    int Revision,
    IReadOnlyList<OccurrenceName> Names,
    IReadOnlyList<KeyValuePair<string, string>> Aliases,
    IReadOnlyList<FieldModel> Fields)
{
    /// <summary>The simple name.</summary>
    public string Name => Schema.Name.Name;

    /// <summary>The only name that occurrences have, or null where there are several.</summary>
    public string? OnlyName => Names.Count == 1 ? Names[0].Name : null;
}
