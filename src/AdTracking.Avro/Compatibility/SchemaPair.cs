using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>A reader's and a writer's schema that meet, and what is needed for the one to read the other.</summary>
internal sealed class SchemaPair(AvroSchema reader, AvroSchema writer)
{
    public AvroSchema Reader { get; } = reader;

    public AvroSchema Writer { get; } = writer;

    /// <summary>Rules that this pair breaks by itself.</summary>
    public List<SchemaFault> Faults { get; } = [];

    /// <summary>The pairs that this one depends on.</summary>
    public List<PairLink> Links { get; } = [];

    /// <summary>The pairs that depend on this one.</summary>
    public List<SchemaPair> Parents { get; } = [];

    /// <summary>True where one of the links is enough: the reader has a union and the writer has none. Otherwise all must hold.</summary>
    public bool IsChoice => Reader.Type == SchemaType.Union && Writer.Type != SchemaType.Union;

    /// <summary>True where the reader cannot read all that the writer writes.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Links that are broken, as far as they have been counted.</summary>
    public int BrokenLinks { get; set; }
}
