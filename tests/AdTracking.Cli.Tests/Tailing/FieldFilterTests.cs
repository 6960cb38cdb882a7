using System.Text.Json;
using AdTracking.Cli.Tailing;

namespace AdTracking.Cli.Tests.Tailing;

public sealed class FieldFilterTests
{
    private const string Line = """
        {"topic":"ad.click","offset":7,"publisher_id":"a=b","test":true,"ref":null,"ext":{"slot":"top"}}
        """;

    [Theory]
    [InlineData("topic=ad.click", true)]
    [InlineData("topic=ad.clic", false)]
    [InlineData("offset=7", true)]
    [InlineData("offset=70", false)]
    [InlineData("publisher_id=a=b", true)]
    [InlineData("test=true", true)]
    [InlineData("test=True", false)]
    [InlineData("ref=null", true)]
    [InlineData("ext.slot=top", true)]
    [InlineData("ext.slot=", false)]
    [InlineData("ext.none=top", false)]
    [InlineData("topic.slot=top", false)]
    [InlineData("none=top", false)]
    public void Matches_FieldAndValue_AsTheLineShowsThem(string filter, bool expected)
    {
        using var line = JsonDocument.Parse(Line);

        FieldFilter.Parse(filter).ShouldNotBeNull().Matches(line.RootElement).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("topic")]
    [InlineData("=ad.click")]
    public void Parse_NoFieldOrNoValue_IsNone(string text) => FieldFilter.Parse(text).ShouldBeNull();
}
