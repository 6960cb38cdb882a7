using AdTracking.SchemaRegistry;

namespace AdTracking.Gateway.Registry;

/// <param name="Id">The number that stands in front of every record of this schema.</param>
/// <param name="Text">The schema without insignificant white space.</param>
/// <param name="References">Types of other subjects that it uses; null for none.</param>
internal sealed record StoredSchema(int Id, string Text, IReadOnlyList<SchemaReference>? References = null)
{
    public bool Is(string text, IReadOnlyList<SchemaReference> references) =>
        Text == text && (References ?? []).SequenceEqual(references);
}
