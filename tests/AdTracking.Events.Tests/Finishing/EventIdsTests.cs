using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdTracking.Events.Finishing;

namespace AdTracking.Events.Tests.Finishing;

public sealed class EventIdsTests
{
    /// <summary>Pinned: another process, another version and another language must come to the same ids (printf ... | sha256sum).</summary>
    [Theory]
    [InlineData("pub-1", "asid-1", "impression", null, "c7402210baf23c21036b242b5bcaf443")]
    [InlineData("pub-1", "asid-1", "pause", 0L, "8a2933c60eadf2fff7e78985c64923b1")]
    [InlineData("pub-1", "asid-1", "pause", 12L, "efb3fc6e28ecd9eb72401ae6e9e8ce2d")]
    [InlineData("pub-é", "asid-1", "midpoint", null, "7d5d8e22f8dab828ca53d0656b081166")]
    public void TryDerive_Vector_IsPinned(string publisher, string serving, string name, long? seq, string expected) =>
        Derive(publisher, serving, name, seq).ShouldBe(expected);

    [Fact]
    public void TryDerive_AnyParts_IsTheHashOfTheJoinedText() => EventFuzz.ForSeeds(200, random =>
    {
        string Part() => new string('x', random.Next(100)) + random.Next();
        var (publisher, serving, name) = (Part(), Part(), Part());
        long? seq = random.Next(2) == 0 ? null : random.Next();
        var text = string.Join('\u001f', publisher, serving, name, seq?.ToString(CultureInfo.InvariantCulture) ?? "");
        Derive(publisher, serving, name, seq).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]);
    });

    [Fact]
    public void TryDerive_HostileLength_IsRefused() =>
        EventIds.TryDerive(new byte[2001], default, default, null, new byte[32]).ShouldBeFalse();

    [Fact]
    public void Generate_TwiceAtOneTime_DiffersAndSortsByTime()
    {
        var ids = Enumerable.Range(0, 3).Select(second => Generate(1_735_689_600_000 + (1000 * second))).ToArray();

        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        Generate(1).ShouldNotBe(Generate(1));
    }

    private static string Generate(long unixMs)
    {
        var id = new byte[EventIds.GeneratedLength];
        EventIds.Generate(unixMs, id);
        return Encoding.ASCII.GetString(id);
    }

    private static string Derive(string publisher, string serving, string name, long? seq)
    {
        var id = new byte[EventIds.DerivedLength];
        EventIds.TryDerive(Encoding.UTF8.GetBytes(publisher), Encoding.UTF8.GetBytes(serving), Encoding.UTF8.GetBytes(name), seq, id).ShouldBeTrue();
        return Encoding.ASCII.GetString(id);
    }
}
