namespace AdTracking.Avro.Schemas;

/// <summary>How a field takes part in the sort order of records.</summary>
public enum FieldOrder
{
    /// <summary>Smaller first.</summary>
    Ascending,

    /// <summary>Larger first.</summary>
    Descending,

    /// <summary>Not at all.</summary>
    Ignore,
}
