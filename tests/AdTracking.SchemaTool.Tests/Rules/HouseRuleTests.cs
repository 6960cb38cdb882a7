using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Every house rule objects to a schema that breaks it, at the right line, and to nothing else.</summary>
public sealed class HouseRuleTests : IDisposable
{
    private readonly SchemaDirectory _directory = SchemaDirectory.OfCommitted();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Committed_Schemas_BreakNone() => _directory.Problems().ShouldBeEmpty();

    [Theory]
    [InlineData(2001, "LedgerEntry", "\"adt.maxKeyLength\"", "\"adt.maxKeyLenght\"")]
    [InlineData(2002, "LedgerEntry", "\"adt.maxItems\": 128", "\"adt.maxItems\": \"many\"")]
    [InlineData(2002, "BadEvent", "\"adt.privacy\": \"page\"", "\"adt.privacy\": \"very\"")]
    [InlineData(2002, "AdClick", "\"adt.range\": [-100000, 100000]", "\"adt.range\": [100000, -100000]")]
    [InlineData(2101, "LedgerEntry", "\"timestamp-millis\"", "\"timestamp-micros\"")]
    [InlineData(2103, "LedgerEntry", "\"CUT\", \"UNKNOWN\"], \"default\": \"UNKNOWN\"", "\"CUT\", \"UNKNOWN\"]")]
    [InlineData(2103, "LedgerEntry", "\"CUT\", \"UNKNOWN\"], \"default\": \"UNKNOWN\"", "\"UNKNOWN\", \"CUT\"], \"default\": \"CUT\"")]
    [InlineData(2104, "LedgerEntry",
        "\"name\": \"boot_id\", \"type\": [\"null\", \"string\"], \"default\": null",
        "\"name\": \"boot_id\", \"type\": [\"string\", \"null\"], \"default\": \"\"")]
    [InlineData(2105, "AdClick",
        "\"name\": \"repeat\", \"type\": \"boolean\", \"default\": false",
        "\"name\": \"repeat\", \"type\": \"boolean\", \"default\": true")]
    [InlineData(2105, "AdClick", "\"name\": \"repeat\", \"type\": \"boolean\", \"default\": false", "\"name\": \"repeat\", \"type\": \"int\", \"default\": 1")]
    [InlineData(2106, "AdImpression", "\"adt.query\": \"eid\", \"adt.maxLength\": 64", "\"adt.query\": \"eid\", \"adt.maxLength\": 65")]
    [InlineData(2108, "LedgerEntry",
        "\"name\": \"boot_id\", \"type\": [\"null\", \"string\"], \"default\": null",
        "\"name\": \"boot_id\", \"type\": [\"null\", \"bytes\"], \"default\": null")]
    [InlineData(2109, "AdClick", "\"adt.query\": \"rep\"", "\"adt.query\": \"cy\"")]
    [InlineData(2109, "AdClick", "\"adt.query\": \"rep\"", "\"adt.query\": \"click_x\"")]
    [InlineData(2109, "AdClick", "\"adt.query\": \"ia\"", "\"adt.query\": \"ia\", \"adt.decimalName\": \"price_cpm\"")]
    [InlineData(2110, "AdImpression", "[\"NONE\", \"VALID\", ", "[\"VALID\", \"NONE\", ")]
    [InlineData(2111, "LedgerEntry", "\"doc\": \"What is counted.\"", "\"doc\": \" \"")]
    [InlineData(2112, "AdEngagement", "\"skipped\": \"skip\"", "\"skipped\": \"jump\"")]
    [InlineData(2112, "AdEngagement", "\"adt.repeats\": [\"pause\", ", "\"adt.repeats\": [\"pausing\", ")]
    [InlineData(2115, "AdClick",
        "\"adt.owner\": \"gateway\", \"adt.maxLength\": 32",
        "\"adt.owner\": \"gateway\", \"adt.required\": true, \"adt.maxLength\": 32")]
    [InlineData(2117, "AdClick",
        "\"name\": \"repeat\", \"type\": \"boolean\", \"default\": false",
        "\"name\": \"repeat\", \"type\": [\"null\", \"double\"], \"default\": null")]
    [InlineData(2118, "AdClick", "\"adt.query\": \"rep\", \"adt.macro\": \"optional\"", "\"adt.query\": \"rep\"")]
    [InlineData(1012, "LedgerEntry",
        "\"name\": \"received\", \"type\": \"long\", \"default\": 0",
        "\"name\": \"received\", \"type\": \"long\", \"default\": \"none\"")]
    public void Rule_BrokenOnce_IsToldAtTheLine(int code, string record, string from, string to)
    {
        var line = _directory.Change(record + ".avsc", from, to);

        var problems = _directory.Problems().Where(problem => problem.Code == code).ToArray();

        problems.ShouldNotBeEmpty();
        problems.ShouldContain(problem => Math.Abs(problem.Line - line) <= 2 && problem.File.EndsWith(record + ".avsc", StringComparison.Ordinal),
            $"line {line} was changed: {string.Join('\n', problems.AsEnumerable())}");
    }

    [Theory]
    [InlineData("\"name\": \"ip\", \"type\": [\"null\", \"string\"]", "\"adt.range\": [1, 2]")]
    [InlineData("\"name\": \"w\", \"type\": [\"null\", \"int\"]", "\"adt.maxLength\": 3")]
    [InlineData("\"name\": \"muted\", \"type\": [\"null\", \"boolean\"]", "\"adt.pattern\": \"token\"")]
    [InlineData("\"name\": \"cid\", \"type\": [\"null\", \"string\"]", "\"adt.maxItems\": 3")]
    [InlineData("\"name\": \"cid\", \"type\": [\"null\", \"string\"]", "\"adt.kind\": \"money\"")]
    public void Attribute_OnAnotherType_IsTold(string field, string attribute)
    {
        var line = _directory.Change("AdImpression.avsc", field, $"{attribute}, {field}");

        _directory.Problems().ShouldContain(problem => problem.Code == ProblemCode.UnfitAttribute && problem.Line == line);
    }

    [Theory]
    [InlineData("{\"type\":\"record\",\"name\":\"Inner\",\"fields\":[]}")]
    [InlineData("{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"int\"}}")]
    [InlineData("{\"type\":\"map\",\"values\":{\"type\":\"map\",\"values\":\"int\"}}")]
    [InlineData("[\"null\",\"int\",\"string\"]")]
    public void Flat_NestedType_IsTold(string type)
    {
        _directory.Change("LedgerEntry.avsc", "\"fields\": [\n", $"\"fields\": [\n    {{ \"name\": \"nested\", \"type\": {type}, \"doc\": \"d\" }},\n");

        _directory.Problems().ShouldContain(problem => problem.Code == ProblemCode.NotFlat && problem.Message.StartsWith("nested: ", StringComparison.Ordinal));
    }

    [Fact]
    public void CommonPrefix_FieldMoved_IsTold()
    {
        var text = File.ReadAllText(Path.Combine(_directory.Schemas, "AdClick.avsc"));
        const string Moved = "    { \"name\": \"trace_id\"";
        var from = text.IndexOf(Moved, StringComparison.Ordinal);
        var end = text.IndexOf("    { \"name\": \"ext\"", StringComparison.Ordinal);
        var field = text[from..end];
        const string Behind = "    { \"name\": \"repeat\"";
        _directory.Write("AdClick.avsc", text.Remove(from, field.Length).Replace(Behind, field + Behind, StringComparison.Ordinal));

        _directory.Problems().ShouldContain(problem => problem.Code == ProblemCode.CommonPrefix);
    }

    [Fact]
    public void MandatoryFirst_MandatoryBehindOptional_IsTold()
    {
        _directory.Change("LedgerEntry.avsc", "\"name\": \"struck_out\", \"type\": \"long\", \"default\": 0", "\"name\": \"struck_out\", \"type\": \"long\"");

        _directory.Problems().Single().Code.ShouldBe(ProblemCode.MandatoryFirst);
    }

    [Fact]
    public void FileName_OtherThanTheRecord_IsTold()
    {
        File.Move(Path.Combine(_directory.Schemas, "LedgerEntry.avsc"), Path.Combine(_directory.Schemas, "Ledger.avsc"));

        _directory.Problems().Single().Code.ShouldBe(ProblemCode.FileName);
    }

    [Fact]
    public void FieldCount_129_IsToldAtTheFirstTooMany()
    {
        var fields = string.Join(",\n", Enumerable.Range(0, 129).Select(i => $$"""{"name":"f{{i}}","type":"int","default":0,"doc":"d"}"""));
        _directory.Write("Wide.avsc", $$"""{"type":"record","name":"Wide","adt.revision":1,"fields":[{{'\n'}}{{fields}}]}""");

        var problem = _directory.Problems().Single();

        problem.Code.ShouldBe(ProblemCode.TooManyFields);
        problem.Line.ShouldBe(130);
    }

    [Fact]
    public void Partition_ReceivedTsNullable_IsTold()
    {
        foreach (var record in (string[])["AdImpression", "AdClick", "AdEngagement"])
        {
            _directory.Change(record + ".avsc", "\"name\": \"received_ts\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}",
                "\"name\": \"received_ts\", \"type\": [\"null\", {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}], \"default\": null");
        }

        _directory.Problems().Count(problem => problem.Code == ProblemCode.MissingField).ShouldBe(3);
    }

    [Fact]
    public void EnumDefault_Symbol64_TakesTwoBytesAndIsTold()
    {
        var symbols = string.Join(", ", Enumerable.Range(0, 65).Select(i => $"\"S{i}\""));
        _directory.Change("AdClick.avsc", "\"CLICK_THROUGH\"", symbols);
        const string Doc = "\n      \"doc\": \"Which VAST or native element was clicked.\",\n      \"adt.query\"";
        _directory.Change("AdClick.avsc", "\"default\": \"UNKNOWN\"," + Doc, "\"default\": \"S64\"," + Doc);

        _directory.Problems().Single().Code.ShouldBe(ProblemCode.DefaultNotOneByte);
    }

    [Fact]
    public void Problems_Several_AreAllTold()
    {
        _directory.Change("LedgerEntry.avsc", "\"doc\": \"What is counted.\"", "\"doc\": \"\"");
        _directory.Change("AdClick.avsc", "\"adt.query\": \"rep\"", "\"adt.query\": \"cy\"");
        _directory.Change("BadEvent.avsc", "\"adt.maxLength\": 36", "\"adt.maxLength\": 0");

        _directory.Problems().Select(problem => problem.Code).ShouldBe([2109, 2002, 2111]);
    }

    [Fact]
    public void Rules_SchemaOfOthers_AreNotApplied()
    {
        using var others = new SchemaDirectory();
        others.Write("user.avsc", """{"type":"record","name":"User","fields":[{"name":"user_id","type":"long"},{"name":"at_ts","type":"long"}]}""");

        others.Problems().ShouldBeEmpty();
    }
}
