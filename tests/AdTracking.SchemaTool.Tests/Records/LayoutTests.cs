using System.Reflection;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.SchemaTool.Tests;

/// <summary>The tables of the hot path agree with the schemas and with each other.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string> Kinds() => ["Impression", "Click", "Engagement"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fields_EveryClass_StandInTheOrderOfTheSchema(string kind)
    {
        var layout = EventSchemas.Layouts.Of(Enum.Parse<EventKind>(kind));
        var schema = (RecordSchema)SchemaParser.Parse(layout.SchemaJson).Required();

        layout.Name.ShouldBe("Ad" + kind);
        layout.Fields.Select(field => field.Name).ShouldBe(schema.Fields.Select(field => field.Name));
        foreach (var field in schema.Fields)
        {
            layout.Defaults[field.Index].ShouldBe(DefaultByte(field), field.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Constants_CommonFields_AreThoseOfEveryClass(string kind)
    {
        var layout = EventSchemas.Layouts.Of(Enum.Parse<EventKind>(kind));
        var common = Constants(typeof(CommonField));
        var own = Constants(typeof(AdClick).Assembly.GetType($"AdTracking.Events.Ad{kind}Field")!);

        own["FieldCount"].ShouldBe(layout.Fields.Length);
        common.Remove("FieldCount", out var count);
        count.ShouldBe(EventSchemas.Layouts.CommonCount);
        common.Count.ShouldBe(count);
        foreach (var (name, index) in common)
        {
            own[name].ShouldBe(index);
        }

        foreach (var (name, index) in own.Where(pair => pair.Key != "FieldCount"))
        {
            layout.IndexOf(Snake(name)).ShouldBe(index);
        }
    }

    [Fact]
    public void Enums_EveryMember_HasTheIndexOfItsSymbol()
    {
        foreach (var rule in new[] { AdImpressionLayout.Layout, AdClickLayout.Layout, AdEngagementLayout.Layout }.SelectMany(layout => layout.Fields))
        {
            if (rule.Kind != FieldKind.Enum)
            {
                continue;
            }

            var schema = (EnumSchema)((RecordSchema)SchemaParser.Parse(LayoutWith(rule).SchemaJson).Required()).Find(rule.Name)!.Schema;
            var type = typeof(AdClick).Assembly.GetType("AdTracking.Events." + schema.Name.Name)!;
            Enum.GetNames(type).Select(name => Snake(name).ToUpperInvariant()).ShouldBe(rule.Symbols);
        }
    }

    [Fact]
    public void FailureCode_EveryFault_HasOne()
    {
        foreach (var code in Enum.GetValues<FaultCode>().Where(code => code != FaultCode.None))
        {
            Enum.IsDefined(FaultCodes.BadEventClass(code)).ShouldBeTrue();
        }
    }

    private static EventLayout LayoutWith(FieldRule rule) =>
        new[] { AdImpressionLayout.Layout, AdClickLayout.Layout, AdEngagementLayout.Layout }.First(layout => layout.Fields.Contains(rule));

    private static byte DefaultByte(RecordField field) => field.Schema is EnumSchema symbols
        ? (byte)(symbols.IndexOf(field.Default!.Value.GetString()!) << 1)
        : (byte)0;

    private static Dictionary<string, int> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
