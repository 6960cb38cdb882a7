using System.Text;
using AdTracking.Events.Values;

namespace AdTracking.Events.Tests.Values;

public sealed class UnresolvedMacroTests
{
    /// <summary>A few macros of VAST and OpenRTB; the whole list of VAST is read where it is at hand.</summary>
    private static readonly string[] Some = ["ADSERVINGID", "TIMESTAMP", "CACHEBUSTING", "AUCTION_PRICE", "AUCTION_PRICE:B64", "click_id", "x"];

    [Fact]
    public void Judge_EverySpellingOfEveryMacro_IsUnresolved()
    {
        foreach (var name in Names())
        {
            foreach (var macro in new[] { $"${{{name}}}", $"[{name}]", $"%%{name}%%", $"##{name}##", $"{{{{{name}}}}}" })
            {
                Judge(macro).ShouldBe(MacroState.Unresolved, macro);
                var encoded = Uri.EscapeDataString(macro);
                Judge(encoded).ShouldBe(MacroState.Unresolved, encoded);
                Judge(encoded.ToLowerInvariant()).ShouldBe(MacroState.Unresolved, encoded);
            }
        }
    }

    [Theory]
    [InlineData("", MacroState.Unresolved)]
    [InlineData("-1", MacroState.Unresolved)]
    [InlineData("-2", MacroState.Unresolved)]
    [InlineData("AUDIT", MacroState.Audit)]
    [InlineData("audit", MacroState.Resolved)]
    [InlineData("AUDITS", MacroState.Resolved)]
    [InlineData("-3", MacroState.Resolved)]
    [InlineData("-10", MacroState.Resolved)]
    [InlineData("-", MacroState.Resolved)]
    [InlineData("[]", MacroState.Resolved)]
    [InlineData("[1,2]", MacroState.Resolved)]
    [InlineData("[a", MacroState.Resolved)]
    [InlineData("$5", MacroState.Resolved)]
    [InlineData("$", MacroState.Resolved)]
    [InlineData("${}", MacroState.Resolved)]
    [InlineData("%", MacroState.Resolved)]
    [InlineData("%%", MacroState.Resolved)]
    [InlineData("%%%%", MacroState.Resolved)]
    [InlineData("%4", MacroState.Resolved)]
    [InlineData("%5B", MacroState.Resolved)]
    [InlineData("%5BX", MacroState.Resolved)]
    [InlineData("100%", MacroState.Resolved)]
    [InlineData("#1", MacroState.Resolved)]
    [InlineData("{x}", MacroState.Resolved)]
    [InlineData("a[ADSERVINGID]", MacroState.Resolved)]
    [InlineData("Apple", MacroState.Resolved)]
    public void Judge_OtherText_IsWhatItIs(string text, MacroState state) => Judge(text).ShouldBe(state);

    [Fact]
    public void Judge_LongText_IsAValue() => Judge("[" + new string('A', 200) + "]").ShouldBe(MacroState.Resolved);

    [Fact]
    public void MayBe_FirstByte_IsTrueForEveryByteThatJudgeLooksAt()
    {
        foreach (var text in new[] { "AUDIT", "-1", "-2", "${X}", "[X]", "%%X%%", "##X##", "{{x}}", "%5BX%5D" })
        {
            UnresolvedMacro.MayBe((byte)text[0]).ShouldBeTrue(text);
        }

        Enumerable.Range(0, 256).Count(first => UnresolvedMacro.MayBe((byte)first)).ShouldBe(7);
    }

    private static MacroState Judge(string text) => UnresolvedMacro.Judge(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Names() =>
        Testing.Repository.Shared("data") is { } data
            ? Some.Concat(File.ReadLines(Path.Combine(data, "vast", "macros.tsv")).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')[0]))
            : Some;
}
