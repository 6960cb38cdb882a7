using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Tests;

/// <summary>The rules of resolution for records, recursion and logical types, one test a rule.</summary>
public sealed class RecordRuleTests
{
    private const string A = """{"name":"a","type":"int"}""";
    private const string B = """{"name":"b","type":"int"}""";

    [Theory]
    [InlineData(A + "," + B, A, "READER_FIELD_MISSING_DEFAULT_VALUE /fields/1 /fields")]
    [InlineData(A + """,{"name":"b","type":"int","default":3}""", A, null)]
    [InlineData(A + """,{"name":"b","type":["null","int"],"default":null}""", A, null)]
    [InlineData(A + """,{"name":"b","type":["null","int"]}""", A, "READER_FIELD_MISSING_DEFAULT_VALUE /fields/1 /fields")]
    [InlineData(
        A + """,{"name":"b","type":{"type":"enum","name":"E","symbols":["X"],"default":"X"}}""", A, "READER_FIELD_MISSING_DEFAULT_VALUE /fields/1 /fields")]
    public void ReaderFieldMissingDefaultValue_FieldThatWasNotWritten_NeedsADefault(string reader, string writer, string? expected) =>
        Judged.Lines(Judged.Record(reader), Judged.Record(writer)).ShouldBe(expected is null ? [] : [expected]);

    [Fact]
    public void RemovedField_ReaderWithoutIt_SkipsIt() => Judged.Problems(Judged.Record(A), Judged.Record(B + "," + A)).ShouldBeEmpty();

    [Fact]
    public void ReorderedFields_SameNames_AreFound() => Judged.Problems(Judged.Record(A + "," + B), Judged.Record(B + "," + A)).ShouldBeEmpty();

    [Fact]
    public void FieldAlias_RenamedField_IsFoundByItsOldName()
    {
        const string renamed = """{"name":"c","type":"long","aliases":["x","a"]}""";

        Judged.Problems(Judged.Record(renamed), Judged.Record(A)).ShouldBeEmpty();
        Judged.Lines(Judged.Record(A), Judged.Record(renamed))
            .ShouldBe(["READER_FIELD_MISSING_DEFAULT_VALUE /fields/0 /fields"], "the reader's aliases count, not the writer's");
        Judged.Lines(Judged.Record("""{"name":"c","type":"string","aliases":["a"]}"""), Judged.Record(B + "," + A))
            .ShouldBe(["TYPE_MISMATCH /fields/0/type /fields/1/type"]);
    }

    [Fact]
    public void AmbiguousAlias_NameAndAliasAreBothThere_IsRefused() =>
        Judged.Lines(Judged.Record("""{"name":"a","type":"int","aliases":["b"]}"""), Judged.Record(A + "," + B))
            .ShouldBe(["AMBIGUOUS_ALIAS /fields/0 /fields"]);

    [Fact]
    public void FieldAlias_FieldThatAnotherHasByName_IsNotTakenTwice() =>
        Judged.Lines(Judged.Record(A + """,{"name":"c","type":"int","aliases":["a"]}"""), Judged.Record(A))
            .ShouldBe(["READER_FIELD_MISSING_DEFAULT_VALUE /fields/1 /fields"]);

    [Fact]
    public void Recursion_SameList_IsReadable()
    {
        var list = Judged.Record("""{"name":"value","type":"int"},{"name":"next","type":["null","L"]}""", "L");
        var wider = Judged.Record("""{"name":"value","type":"long"},{"name":"next","type":["null","L"]}""", "L");

        Judged.Problems(list, list).ShouldBeEmpty();
        Judged.Problems(wider, list).ShouldBeEmpty();
        Judged.Lines(list, wider).ShouldBe(["TYPE_MISMATCH /fields/0/type /fields/0/type"]);
    }

    [Fact]
    public void Recursion_ProblemBehindTheLoop_IsToldOnce()
    {
        var reader = Judged.Record("""{"name":"next","type":["null","L"]},{"name":"v","type":"int"}""", "L");
        var writer = Judged.Record("""{"name":"next","type":["null","L"]},{"name":"v","type":"string"}""", "L");

        Judged.Lines(reader, writer).ShouldBe(["TYPE_MISMATCH /fields/1/type /fields/1/type"]);
    }

    [Fact]
    public void EveryProblem_ManyInOnePair_AreAllToldInOrder()
    {
        var reader = Judged.Record("""
            {"name":"a","type":"int"},
            {"name":"e","type":{"type":"enum","name":"E","symbols":["A"]}},
            {"name":"n","type":"string"},
            {"name":"in","type":{"type":"array","items":{"type":"record","name":"In","fields":[{"name":"z","type":"int"},{"name":"y","type":"int"}]}}}
            """);
        var writer = Judged.Record("""
            {"name":"in","type":{"type":"array","items":{"type":"record","name":"In","fields":[{"name":"y","type":"long"}]}}},
            {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
            {"name":"a","type":"string"}
            """, "Q");

        Judged.Lines(reader, writer).ShouldBe([
            "NAME_MISMATCH /name /name",
            "READER_FIELD_MISSING_DEFAULT_VALUE /fields/2 /fields",
            "TYPE_MISMATCH /fields/0/type /fields/2/type",
            "MISSING_ENUM_SYMBOLS /fields/1/type/symbols /fields/1/type/symbols",
            "READER_FIELD_MISSING_DEFAULT_VALUE /fields/3/type/items/fields/0 /fields/0/type/items/fields",
            "TYPE_MISMATCH /fields/3/type/items/fields/1/type /fields/0/type/items/fields/0/type",
        ]);
        Judged.Problems(reader, writer)[2].Reader.Line.ShouldBe(1);
        Judged.Problems(reader, writer)[3].Reader.Line.ShouldBe(2);
    }

    [Theory]
    [InlineData(9, 2, 9, 2, false)]
    [InlineData(9, 2, 9, 3, true)]
    [InlineData(9, 2, 12, 2, true)]
    public void Decimal_OtherPrecisionOrScale_IsAWarning(int precision, int scale, int otherPrecision, int otherScale, bool warned)
    {
        var problems = Judged.Problems(Decimal(precision, scale), Decimal(otherPrecision, otherScale));

        problems.Select(problem => CompatibilityRules.NameOf(problem.Rule)).ShouldBe(warned ? ["DECIMAL_MISMATCH"] : []);
        problems.ShouldAllBe(problem => problem.IsWarning);
        SchemaCompatibility.CanRead(Judged.Schema(Decimal(precision, scale)), Judged.Schema(Decimal(otherPrecision, otherScale))).ShouldBeTrue();

        static string Decimal(int precision, int scale) =>
            Judged.Of($$"""{"type":"bytes","logicalType":"decimal","precision":{{precision}},"scale":{{scale}}}""");
    }

    [Theory]
    [InlineData("""{"type":"long","logicalType":"timestamp-micros"}""", """{"type":"long","logicalType":"timestamp-millis"}""", true)]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", """{"type":"int","logicalType":"date"}""", true)]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":4}""", "\"bytes\"", true)]
    [InlineData("\"long\"", """{"type":"long","logicalType":"timestamp-millis"}""", false)]
    [InlineData("""{"type":"string","logicalType":"uuid"}""", "\"string\"", false)]
    public void LogicalType_OtherMeaningOfTheSameBytes_IsAWarning(string reader, string writer, bool warned) =>
        Judged.Lines(Judged.Of(reader), Judged.Of(writer)).ShouldBe(warned ? ["LOGICAL_TYPE_MISMATCH /fields/0/type /fields/0/type"] : []);

    [Fact]
    public void Check_HostileUnions_StopsAtABound()
    {
        var reader = "[" + string.Join(',', Enumerable.Range(0, 500).Select(i => Judged.Record(A, $"R{i}"))) + "]";
        var writer = "[" + string.Join(',', Enumerable.Range(0, 500).Select(i => Judged.Record(B, $"R{i}"))) + "]";

        Judged.Lines(reader, writer).ShouldBe(["TOO_LARGE_TO_COMPARE  "]);
    }

    [Fact]
    public void Check_LongChainOfRecords_NeedsNoStack()
    {
        const int StackBytes = 128 * 1024;
        const int Records = 2_000; // a call for each would need more than that
        var chain = "[" + Judged.Record(A, "R0") + string.Concat(Enumerable.Range(1, Records)
            .Select(i => "," + Judged.Record($$"""{"name":"f","type":"R{{i - 1}}"}""", $"R{i}"))) + "]";
        var last = ((UnionSchema)Judged.Schema(chain)).Branches[^1];
        var other = ((UnionSchema)Judged.Schema(chain.Replace("\"int\"", "\"string\"", StringComparison.Ordinal))).Branches[^1];
        IReadOnlyList<CompatibilityProblem> same = [], changed = [];

        var thread = new Thread(() => (same, changed) = (SchemaCompatibility.Check(last, last), SchemaCompatibility.Check(last, other)), StackBytes);
        thread.Start();
        thread.Join();

        same.ShouldBeEmpty();
        changed.Single().Rule.ShouldBe(CompatibilityRule.TypeMismatch);
    }
}
