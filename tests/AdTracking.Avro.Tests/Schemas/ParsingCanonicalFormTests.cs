using System.Globalization;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Tests;

public sealed class ParsingCanonicalFormTests
{
    [Fact]
    public void All_Vectors_AreThere() => SchemaVectors.All().Count.ShouldBe(34);

    [Theory]
    [MemberData(nameof(SchemaVectors.All), MemberType = typeof(SchemaVectors))]
    public void Of_Vector_IsTheCanonicalText(string input, string canonical, string? fingerprint)
    {
        var schema = TestData.Schema(input);

        ParsingCanonicalForm.Of(schema).ShouldBe(canonical);
        if (fingerprint is not null)
        {
            ((long)SchemaFingerprint.Crc64(schema)).ShouldBe(long.Parse(fingerprint, CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [MemberData(nameof(SchemaVectors.All), MemberType = typeof(SchemaVectors))]
    public void Of_CanonicalText_IsItself(string input, string canonical, string? fingerprint)
    {
        _ = (input, fingerprint);
        ParsingCanonicalForm.Of(TestData.Schema(canonical)).ShouldBe(canonical);
    }

    [Theory]
    [MemberData(nameof(SchemaVectors.All), MemberType = typeof(SchemaVectors))]
    public void ToString_Vector_ParsesToTheSameSchema(string input, string canonical, string? fingerprint)
    {
        _ = fingerprint;
        var text = TestData.Schema(input).ToString();

        ParsingCanonicalForm.Of(TestData.Schema(text)).ShouldBe(canonical);
        TestData.Schema(text).ToString().ShouldBe(text);
    }
}
