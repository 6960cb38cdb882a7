using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Tests;

/// <summary>Files beside the tests and helpers that every test uses.</summary>
internal static class TestData
{
    public static string PathOf(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Data", .. parts]);

    /// <summary>A schema that must be valid, without warnings.</summary>
    public static AvroSchema Schema(string text)
    {
        var result = SchemaParser.Parse(text);
        result.Problems.ShouldBeEmpty();
        return result.Required();
    }
}
