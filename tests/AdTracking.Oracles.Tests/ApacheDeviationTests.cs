using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using Avro;
using ApacheSchema = Avro.Schema;

namespace AdTracking.Oracles.Tests;

/// <summary>Where Apache.Avro 1.12.2 for .NET departs from the specification, each case with what the specification wants and what ours does.
/// A test here that fails says that Apache mended it: then the exception in <see cref="ApacheAvro.Parse"/> goes.</summary>
public sealed class ApacheDeviationTests
{
    // 25 August 4043. It goes through a double of 100 ns ticks, of which 2^53 are exact, and is cut, not rounded.
    private const long FarMs = 65_420_645_440_947;

    [Theory]
    [InlineData("timestamp-millis")]
    [InlineData("local-timestamp-millis")]
    public void TimestampMillis_FarFromNow_LosesAMillisecondAtApache(string logicalType)
    {
        var text = $$"""{"type":"long","logicalType":"{{logicalType}}"}""";
        var data = SlowAvro.Long(FarMs); // "a long, in which the long stores the number of milliseconds from the unix epoch"

        var theirs = ApacheAvro.Write(ApacheSchema.Parse(text), ApacheAvro.Read(ApacheSchema.Parse(text), data));

        theirs.ShouldBe(SlowAvro.Long(FarMs - 1));
        RandomSchemaTests.Written(SchemaParser.Parse(text).Required(), data).ShouldBe(data);
    }

    [Fact]
    public void TimestampMillis_YearsOfUse_AreExactAtApacheToo()
    {
        var schema = ApacheSchema.Parse("""{"type":"long","logicalType":"timestamp-millis"}""");
        for (var ms = 1_577_836_800_000; ms < 4_102_444_800_000; ms += 999_999_937) // 2020 to 2100
        {
            ApacheAvro.Write(schema, ApacheAvro.Read(schema, SlowAvro.Long(ms))).ShouldBe(SlowAvro.Long(ms));
        }
    }

    // "a uuid logical type annotates an Avro string or fixed of length 16"
    [Fact]
    public void Uuid_OnAFixed_IsRefusedByApache()
    {
        const string Text = """{"type":"fixed","name":"Id","size":16,"logicalType":"uuid"}""";

        Should.Throw<AvroTypeException>(() => ApacheSchema.Parse(Text)).Message.ShouldContain("underlying string type");
        SchemaParser.Parse(Text).Required().LogicalType!.Kind.ShouldBe(LogicalTypeKind.Uuid);
    }

    // [STRIP] keeps "type, name, fields, symbols, items, values, size"; [FULLNAMES] replaces short names; a definition stands at the first use.
    [Fact]
    public void CanonicalForm_LogicalTypeOnAFixed_LosesTheDefinitionAtApache()
    {
        const string Text = """
            {"type":"record","name":"R","namespace":"a","fields":[
              {"name":"x","type":{"type":"fixed","name":"b.D","size":12,"logicalType":"duration"}},{"name":"y","type":"b.D"}]}
            """;
        const string Wanted = """
            {"name":"a.R","type":"record","fields":[{"name":"x","type":{"name":"b.D","type":"fixed","size":12}},{"name":"y","type":"b.D"}]}
            """;

        SchemaNormalization.ToParsingForm(ApacheSchema.Parse(Text)).ShouldNotContain("""{"name":"x","type":{""");
        ParsingCanonicalForm.Of(SchemaParser.Parse(Text).Required()).ShouldBe(Wanted);
    }
}
