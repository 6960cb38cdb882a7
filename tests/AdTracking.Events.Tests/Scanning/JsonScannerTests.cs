using System.Text;
using System.Text.Json;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Tests.Scanning;

public sealed class JsonScannerTests
{
    private const int DepthMax = 8;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u0000")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("[1 2]")]
    [InlineData("[}")]
    [InlineData("{]")]
    [InlineData("\uFEFF{}")]
    [InlineData("// c\n{}")]
    [InlineData("NaN")]
    [InlineData("-")]
    [InlineData("-a")]
    [InlineData("00")]
    [InlineData("1e5")]
    [InlineData("1e+")]
    [InlineData("\"\u007f\"")]
    [InlineData("\"\\u00\"")]
    [InlineData("\"\\")]
    [InlineData("truefalse")]
    [InlineData("[true,false,null]")]
    [InlineData("[[[[[[[[1]]]]]]]]")]
    [InlineData("[[[[[[[[[1]]]]]]]]]")]
    [InlineData("[[[[[[[[{}]]]]]]]]")]
    public void TrySkipValue_ChosenText_AgreesWithUtf8JsonReader(string text) => Agrees(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void TrySkipValue_RandomAndMutatedTexts_AgreesWithUtf8JsonReader() => EventFuzz.ForSeeds(2000, random =>
    {
        var text = JsonTexts.Random(random);
        Agrees(text);
        for (var i = 0; i < 10; i++)
        {
            Agrees(EventFuzz.Mutate(text, random));
        }
    });

    [Fact]
    public void TrySkipValue_EveryTruncation_AgreesWithUtf8JsonReader() => EventFuzz.ForSeeds(100, random =>
    {
        var text = JsonTexts.Random(random);
        for (var length = 0; length < text.Length; length++)
        {
            Agrees(text[..length]);
        }
    });

    [Theory]
    [InlineData("[[[[[[[[[", JsonScanError.TooDeep)]
    [InlineData("[[[[[[[[", JsonScanError.Malformed)]
    public void Error_TooDeepOrCutOff_SaysWhich(string text, JsonScanError error)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(text), DepthMax);

        scanner.TrySkipValue().ShouldBeFalse();

        scanner.Error.ShouldBe(error);
        scanner.TryReadEnd().ShouldBeFalse();
    }

    [Fact]
    public void TrySkipValue_SpecialByteAtEveryPlace_IsSeen()
    {
        // Vectors of 32 bytes: each place within and around them, for each byte that ends or changes a string.
        for (var length = 0; length < 70; length++)
        {
            foreach (var special in new byte[] { (byte)'"', (byte)'\\', 0x1F, 0x80, 0xFF, 0, (byte)'\n' })
            {
                var text = Enumerable.Repeat((byte)'a', length + 5).ToArray();
                text[0] = (byte)'"';
                text[length + 1] = special;
                text[^1] = (byte)'"';
                Agrees(text);
            }
        }
    }

    private static void Agrees(byte[] text)
    {
        var scanner = new JsonScanner(text, DepthMax);
        var accepted = scanner.TrySkipValue() && scanner.TryReadEnd();
        accepted.ShouldBe(IsAccepted(text), $"{Encoding.Latin1.GetString(text)} (hex {Convert.ToHexString(text)})");
        if (!accepted)
        {
            scanner.Error.ShouldNotBe(JsonScanError.None);
        }
    }

    private static bool IsAccepted(byte[] text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DepthMax });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
