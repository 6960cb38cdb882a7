using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Tests.Scanning;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData(@"a\""\\\/\b\f\n\r\tz")]
    [InlineData(@"\u0041\u00e9\u20AC")]
    [InlineData(@"\uD83D\uDE00")]
    [InlineData(@"\ud83d")]
    [InlineData(@"\ud83dx")]
    [InlineData(@"\ud83d\n")]
    [InlineData(@"\ud83d\u0041")]
    [InlineData(@"\ude00\ud83d")]
    [InlineData(@"\u0000")]
    public void TryUnescape_ChosenText_AgreesWithJsonDocument(string text) => Agrees(text);

    [Fact]
    public void TryUnescape_RandomEscapes_AgreesWithJsonDocument() => EventFuzz.ForSeeds(2000, random =>
    {
        var parts = new[] { "a", "é", "😀", "\\n", "\\\\", "\\\"", "\\/", "\\u0041", "\\uD83D", "\\uDE00", "\\uffff", "\\uD7FF", "\\uE000", "xyz" };
        Agrees(string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => parts[random.Next(parts.Length)])));
    });

    private static void Agrees(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var room = new byte[bytes.Length];
        var done = JsonText.TryUnescape(bytes, room, out var written);
        string? expected = null;
        try
        {
            expected = JsonDocument.Parse($"\"{text}\"").RootElement.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
        }

        done.ShouldBe(expected is not null, text);
        if (!done)
        {
            return;
        }

        Utf8.IsValid(room.AsSpan(0, written)).ShouldBeTrue();
        Encoding.UTF8.GetString(room, 0, written).ShouldBe(expected);
    }
}
