using System.Text.Json.Serialization.Metadata;

namespace AdTracking.SchemaRegistry;

/// <summary>One request, and what its answer must have to be that of a registry.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, relative to the base address.</param>
/// <param name="Type">The shape of the answer.</param>
internal sealed record RegistryCall<T>(HttpMethod Method, string Path, JsonTypeInfo<T> Type)
    where T : class
{
    /// <summary>The body, or null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Error codes of a 404 that are an answer: it is not there.</summary>
    public int[] Missing { get; init; } = [];

    /// <summary>The name of what an answer lacks, or null; without it every answer of that shape is accepted.</summary>
    public Func<T, string?>? Lacks { get; init; }
}
