using System.Text;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests.Layout;

public sealed class NameTableTests
{
    [Fact]
    public void Find_EveryNameOfEveryLayout_IsItsField()
    {
        foreach (var layout in Layouts())
        {
            for (var i = 0; i < layout.Fields.Length; i++)
            {
                var rule = layout.Fields[i];
                Both(layout.JsonNames, rule.Name).ShouldBe(i);
                (Both(layout.QueryNames, rule.Name) & EventLayout.FieldMask).ShouldBe(i);
                if (rule.DecimalName is { } name)
                {
                    Both(layout.JsonNames, name).ShouldBe(i | EventLayout.DecimalFlag);
                }

                if (rule.Query is { } query && !query.EndsWith(".*", StringComparison.Ordinal))
                {
                    (Both(layout.QueryNames, query) & EventLayout.FieldMask).ShouldBe(i);
                }

                if (rule.QueryAlias is { } alias)
                {
                    Both(layout.QueryNames, alias).ShouldBe(i);
                }
            }
        }
    }

    [Fact]
    public void Find_NamesNearKnownOnes_AreNotFound() => EventFuzz.ForSeeds(3000, random =>
    {
        var layout = EventSchemas.Layouts.Of((EventKind)random.Next(3));
        var known = layout.Fields.Select(rule => rule.Name).Concat(layout.Fields.Select(rule => rule.DecimalName ?? "ext")).ToHashSet();
        var name = Encoding.Latin1.GetString(EventFuzz.Mutate(Encoding.ASCII.GetBytes(layout.Fields[random.Next(layout.Fields.Length)].Name), random));
        (Both(layout.JsonNames, name) >= 0).ShouldBe(known.Contains(name), name);
    });

    [Theory]
    [InlineData("")]
    [InlineData("a name of exactly thirty-two byte")]
    [InlineData("a name that is a good deal longer than thirty-two bytes")]
    public void Find_NoName_IsNotFound(string name) => Both(EventSchemas.Layouts.Impression.JsonNames, name).ShouldBe(-1);

    [Fact]
    public void Constructor_ImpossibleNames_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new NameTable([("", 0)]));
        Should.Throw<ArgumentException>(() => new NameTable([(new string('a', 33), 0)]));
        Should.Throw<ArgumentException>(() => new NameTable(Enumerable.Range(0, 256).Select(i => ($"n{i}", i))));
    }

    [Fact]
    public void CommonFields_Layouts_AreTheSameInAllThree()
    {
        EventSchemas.Layouts.CommonCount.ShouldBe(CommonField.FieldCount);
        foreach (var layout in Layouts())
        {
            layout.Defaults.Length.ShouldBe(layout.Fields.Length);
        }
    }

    private static EventLayout[] Layouts() => [EventSchemas.Layouts.Impression, EventSchemas.Layouts.Click, EventSchemas.Layouts.Engagement];

    private static int Both(NameTable table, string name)
    {
        var bytes = Encoding.Latin1.GetBytes(name);
        var padded = new byte[bytes.Length + NameTable.NameBytesMax];
        bytes.CopyTo(padded, 0);
        // What follows a name in a text must not matter.
        padded.AsSpan(bytes.Length).Fill((byte)'"');
        var found = table.Find(bytes);
        table.FindInside(ref padded[0], bytes.Length).ShouldBe(found, name);
        return found;
    }
}
