using AdTracking.Avro.Parsing;

namespace AdTracking.Avro.Testing;

/// <summary>Pairs of versions of random schemas.</summary>
internal static class RandomPairs
{
    /// <summary>At least so many, each both ways.</summary>
    public static (string Reader, string Writer)[] Of(Random random, int count)
    {
        List<(string Reader, string Writer)> pairs = [];
        for (var i = 0; i < count; i++)
        {
            EvolvingSchemas schemas = new(random);
            System.Text.Json.Nodes.JsonNode old = schemas.Record(2);
            var changed = schemas.Changed(old, random.Next(1, 5)).ToJsonString();
            if (SchemaParser.Parse(changed).Schema is null)
            {
                continue;
            }

            pairs.Add((changed, old.ToJsonString()));
            pairs.Add((old.ToJsonString(), changed));
        }

        pairs.Count.ShouldBeGreaterThan(count);
        return [.. pairs];
    }
}
