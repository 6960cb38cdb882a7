using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.Events;
using Avro;

namespace AdTracking.Oracles.Tests;

/// <summary>Parsing Canonical Form and CRC-64-AVRO: the same as Apache's implementation.</summary>
public sealed class CanonicalFormTests(ITestOutputHelper output)
{
    [Fact]
    public void EventClasses_CanonicalFormAndFingerprint_AreApaches()
    {
        foreach (var text in new[] { AdImpression.SchemaJson, AdEngagement.SchemaJson, AdClick.SchemaJson, BadEvent.SchemaJson, LedgerEntry.SchemaJson })
        {
            ShouldAgree(text);
        }
    }

    [Fact]
    public void RandomSchemas_CanonicalFormAndFingerprint_AreApaches()
    {
        var random = Seeds.Random(output);
        for (var i = 0; i < 1000; i++)
        {
            ShouldAgree(new RandomSchemas(random, $"t{i}").File());
        }
    }

    private static void ShouldAgree(string text)
    {
        var schema = SchemaParser.Parse(text).Required();
        var theirs = ApacheAvro.Parse(text);

        ParsingCanonicalForm.Of(schema).ShouldBe(SchemaNormalization.ToParsingForm(theirs), text);
        SchemaFingerprint.Crc64(schema).ShouldBe((ulong)SchemaNormalization.ParsingFingerprint64(theirs), text);
    }
}
