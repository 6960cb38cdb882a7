using AdTracking.Avro.Compatibility;

namespace AdTracking.Avro.Tests;

/// <summary>The seven levels: who reads whose data, and how far back.</summary>
public sealed class SchemaEvolutionTests
{
    private static readonly string First = Judged.Record("""{"name":"a","type":"int"},{"name":"old","type":"int"}""");
    private static readonly string Second = Judged.Record("""{"name":"a","type":"int"}""");

    // Reads the second version, but not the first; read by the second, but not by the first.
    private static readonly string New = Judged.Record("""{"name":"a","type":"int"},{"name":"old","type":"string","default":""}""");

    [Theory]
    [InlineData(CompatibilityLevel.None, "", "")]
    [InlineData(CompatibilityLevel.Backward, "", "Backward 2 /fields/1")]
    [InlineData(CompatibilityLevel.BackwardTransitive, "Backward 1 /fields/1/type", "Backward 2 /fields/1|Backward 1 /fields/1")]
    [InlineData(CompatibilityLevel.Forward, "", "")]
    [InlineData(CompatibilityLevel.ForwardTransitive, "Forward 1 /fields/1/type", "Forward 1 /fields")]
    [InlineData(CompatibilityLevel.Full, "", "Backward 2 /fields/1")]
    [InlineData(
        CompatibilityLevel.FullTransitive,
        "Backward 1 /fields/1/type|Forward 1 /fields/1/type",
        "Backward 2 /fields/1|Backward 1 /fields/1|Forward 1 /fields")]
    public void Check_Level_LooksAtItsVersionsInItsDirections(CompatibilityLevel level, string ofChangedType, string ofNewField)
    {
        var newField = Judged.Record("""{"name":"a","type":"int"},{"name":"b","type":"int"}""");

        Lines(New, level).ShouldBe(ofChangedType);
        Lines(newField, level).ShouldBe(ofNewField);
        Lines(Second, level).ShouldBe(level is CompatibilityLevel.ForwardTransitive or CompatibilityLevel.FullTransitive ? "Forward 1 /fields" : "");
    }

    [Fact]
    public void Message_FieldWithoutDefault_SaysWhatToDo()
    {
        var problem = SchemaEvolution
            .Check(Judged.Schema(First), [new ReleasedSchema(7, Judged.Schema(Second))], CompatibilityLevel.Full).Single();

        problem.Message.ShouldBe("The new schema has the field \"old\" without a default, and version 7 has no such field. "
            + "Give it a default, or the old name of the field as an alias.");
        problem.New.Pointer.ShouldBe("/fields/1");
    }

    [Fact]
    public void Message_FieldTakenAway_SaysWhatToDo()
    {
        var problem = SchemaEvolution
            .Check(Judged.Schema(Second), [new ReleasedSchema(7, Judged.Schema(First))], CompatibilityLevel.Full).Single();

        problem.Direction.ShouldBe(EvolutionDirection.Forward);
        problem.Message.ShouldBe("Version 7 has the field \"old\" without a default, and the new schema has no such field. "
            + "Keep the field \"old\" (with a default, so that a later version can do without it).");
        problem.New.ShouldBe(new SchemaPlace("/fields", 1, 1));
    }

    private static string Lines(string candidate, CompatibilityLevel level)
    {
        ReleasedSchema[] released = [new(1, Judged.Schema(First)), new(2, Judged.Schema(Second))];
        return string.Join('|', SchemaEvolution.Check(Judged.Schema(candidate), released, level)
            .Select(problem => $"{problem.Direction} {problem.Version} {problem.New.Pointer}"));
    }
}
