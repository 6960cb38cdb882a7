using AdTracking.Avro.Compatibility;

namespace AdTracking.Avro.Tests;

/// <summary>The rules of resolution for types, names, sizes and symbols, one test a rule.</summary>
public sealed class TypeRuleTests
{
    private static readonly string[] Primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

    [Theory]
    [InlineData("int", "long float double")]
    [InlineData("long", "float double")]
    [InlineData("float", "double")]
    [InlineData("string", "bytes")]
    [InlineData("bytes", "string")]
    [InlineData("null", "")]
    [InlineData("boolean", "")]
    [InlineData("double", "")]
    public void Promotion_WrittenType_IsReadAsItselfAndTheWiderOnes(string written, string wider)
    {
        foreach (var read in Primitives)
        {
            var can = read == written || wider.Split(' ').Contains(read);
            Judged.Problems($"\"{read}\"", $"\"{written}\"").Count.ShouldBe(can ? 0 : 1, $"{written} as {read}");
        }
    }

    [Theory]
    [InlineData("\"int\"", "\"string\"", "")]
    [InlineData("""{"type":"array","items":"int"}""", """{"type":"map","values":"int"}""", "")]
    [InlineData("""{"type":"fixed","name":"F","size":1}""", "\"bytes\"", "")]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", "\"string\"", "")]
    [InlineData("""{"type":"array","items":"int"}""", """{"type":"array","items":"long"}""", "/items")]
    [InlineData("""{"type":"map","values":"int"}""", """{"type":"map","values":"boolean"}""", "/values")]
    public void TypeMismatch_OtherType_IsToldWhereItStands(string reader, string writer, string at) =>
        Judged.Lines(reader, writer).ShouldBe([$"TYPE_MISMATCH {at} {at}"]);

    [Fact]
    public void TypeMismatch_ReferenceToANamedType_IsToldAtTheField()
    {
        const string reader = """{"name":"a","type":{"type":"record","name":"In","fields":[]}},{"name":"b","type":"In"}""";
        const string writer = """{"name":"a","type":{"type":"record","name":"In","fields":[]}},{"name":"b","type":"int"}""";

        var problem = Judged.Problems(Judged.Record(reader), Judged.Record(writer)).Single();

        problem.Rule.ShouldBe(CompatibilityRule.TypeMismatch);
        problem.Reader.Pointer.ShouldBe("/fields/1/type");
        problem.Reader.Column.ShouldBe(Judged.Record(reader).IndexOf("""{"name":"b""", StringComparison.Ordinal) + 1);
        problem.Detail.ShouldBe("reader type: RECORD not compatible with writer type: INT");
        problem.Message.ShouldContain("record In");
    }

    [Theory]
    [InlineData("record", "\"fields\":[]")]
    [InlineData("enum", "\"symbols\":[\"A\"]")]
    [InlineData("fixed", "\"size\":2")]
    public void NameMismatch_OtherName_IsOneUnlessAnAliasSaysItIsTheSame(string type, string body)
    {
        var writer = Named("a.Old");
        Judged.Lines(Named("a.New"), writer).ShouldBe(["NAME_MISMATCH /name /name"]);
        Judged.Problems(Named("a.New"), writer).Single().Detail.ShouldBe("expected: a.Old");
        Judged.Lines(Named("a.New", ",\"aliases\":[\"Old\"]"), writer).ShouldBeEmpty("an alias has its type's namespace");
        Judged.Lines(Named("b.New", ",\"aliases\":[\"a.Old\"]"), writer).ShouldBeEmpty();
        Judged.Lines(Named("b.New", ",\"aliases\":[\"Old\"]"), writer).ShouldBe(["NAME_MISMATCH /name /name"]);
        Judged.Lines(Named("a.New"), Named("a.Old", ",\"aliases\":[\"New\"]")).ShouldBe(["NAME_MISMATCH /name /name"], "the reader's aliases count");
        Judged.Lines(Named("b.Old"), writer).ShouldBeEmpty("namespaces do not count");

        string Named(string name, string more = "") => $$"""{"type":"{{type}}","name":"{{name}}"{{more}},{{body}}}""";
    }

    [Fact]
    public void FixedSizeMismatch_OtherSize_IsOne()
    {
        var problem = Judged.Problems(Fixed(4), Fixed(8)).Single();

        problem.ToString().ShouldStartWith("FIXED_SIZE_MISMATCH at /fields/0/type/size (writer: /fields/0/type/size): ");
        problem.Detail.ShouldBe("expected: 8, found: 4");
        Judged.Problems(Fixed(4), Fixed(4)).ShouldBeEmpty();

        static string Fixed(int size) => Judged.Of($$"""{"type":"fixed","name":"F","size":{{size}}}""");
    }

    [Theory]
    [InlineData("\"A\",\"B\"", "", "\"A\",\"C\",\"B\",\"AA\"", "[AA, C]")]
    [InlineData("\"A\",\"B\"", ",\"default\":\"A\"", "\"A\",\"C\"", null)]
    [InlineData("\"B\",\"A\"", "", "\"A\",\"B\"", null)]
    [InlineData("\"A\",\"B\",\"C\"", "", "\"A\"", null)]
    public void MissingEnumSymbols_ReaderKnowsFewerAndHasNoDefault_IsOne(string read, string more, string written, string? missing)
    {
        var reader = Judged.Of($$"""{"type":"enum","name":"E","symbols":[{{read}}]{{more}}}""");
        var writer = Judged.Of($$"""{"type":"enum","name":"E","symbols":[{{written}}],"default":"A"}""");

        if (missing is null)
        {
            Judged.Problems(reader, writer).ShouldBeEmpty();
            return;
        }

        Judged.Lines(reader, writer).ShouldBe(["MISSING_ENUM_SYMBOLS /fields/0/type/symbols /fields/0/type/symbols"]);
        Judged.Problems(reader, writer).Single().Detail.ShouldBe(missing);
    }

    [Theory]
    [InlineData("[\"null\",\"string\"]", "\"string\"", null)]
    [InlineData("[\"null\",\"string\"]", "\"bytes\"", null)]
    [InlineData("[\"null\",\"double\"]", "\"int\"", null)]
    [InlineData("[\"null\",\"string\"]", "\"int\"", "MISSING_UNION_BRANCH /fields/0/type /fields/0/type")]
    [InlineData("[]", "\"int\"", "MISSING_UNION_BRANCH /fields/0/type /fields/0/type")]
    public void MissingUnionBranch_ReaderHasAUnion_NeedsABranchThatReadsTheType(string reader, string writer, string? expected) =>
        Judged.Lines(Judged.Of(reader), Judged.Of(writer)).ShouldBe(expected is null ? [] : [expected]);

    [Theory]
    [InlineData("[\"null\",\"string\"]", "[\"string\",\"null\"]", null)]
    [InlineData("[\"null\",\"long\"]", "[\"int\"]", null)]
    [InlineData("[\"null\",\"int\"]", "[\"null\",\"int\",\"string\"]", "MISSING_UNION_BRANCH /fields/0/type /fields/0/type/2")]
    [InlineData("[\"int\"]", "[\"null\",\"string\"]",
        "MISSING_UNION_BRANCH /fields/0/type /fields/0/type/0|MISSING_UNION_BRANCH /fields/0/type /fields/0/type/1")]
    public void MissingUnionBranch_BothHaveUnions_EveryBranchOfTheWriterIsAsked(string reader, string writer, string? expected) =>
        Judged.Lines(Judged.Of(reader), Judged.Of(writer)).ShouldBe(expected?.Split('|') ?? []);

    [Theory]
    [InlineData("\"long\"", "[\"int\",\"long\"]", null)]
    [InlineData("\"string\"", "[\"null\",\"string\"]", "TYPE_MISMATCH /fields/0/type /fields/0/type/0")]
    public void TypeMismatch_OnlyTheWriterHasAUnion_EveryBranchMustBeRead(string reader, string writer, string? expected) =>
        Judged.Lines(Judged.Of(reader), Judged.Of(writer)).ShouldBe(expected is null ? [] : [expected]);

    [Fact]
    public void MissingUnionBranch_BranchOfTheSameNameDoesNotFit_TellsWhyAsWell()
    {
        var reader = Judged.Of($"[\"null\",{Judged.Record("""{"name":"a","type":"int"}""", "In")}]");
        var writer = Judged.Of($"[\"null\",{Judged.Record("""{"name":"b","type":"int"}""", "In")}]");

        Judged.Lines(reader, writer).ShouldBe([
            "MISSING_UNION_BRANCH /fields/0/type /fields/0/type/1",
            "READER_FIELD_MISSING_DEFAULT_VALUE /fields/0/type/1/fields/0 /fields/0/type/1/fields",
        ]);
        Judged.Problems(reader, writer)[0].Location.ShouldBe("/fields/0/type/1", "the writer's branch, as Java counts");
    }
}
