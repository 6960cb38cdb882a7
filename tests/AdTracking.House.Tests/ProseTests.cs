using System.Text.RegularExpressions;

namespace AdTracking.House.Tests;

/// <summary>Documents are in plain English: the few translated phrases that are never right in it do not come back.</summary>
public sealed partial class ProseTests
{
    [Fact]
    public void Phrases_Documents_AreEnglish() =>
        (from path in Repository.Files(".md")
         from match in Translated().Matches(Repository.Read(path)).Concat(Rate().Matches(Repository.Read(path)))
         select $"{path}: {match.Value}").ShouldBeEmpty();

    [Theory]
    [InlineData("the file is written anew")]
    [InlineData("the segments of the run before")]
    [InlineData("this setting goes before that one")]
    [InlineData("whoever waits is told")]
    [InlineData("the reports are worked in")]
    [InlineData("the key stands in a file")]
    public void Translated_Phrase_IsFound(string text) => Translated().IsMatch(text).ShouldBeTrue();

    [Theory]
    [InlineData("500 bytes an event", true)]
    [InlineData("5,000 requests a second", true)]
    [InlineData("500 bytes per event", false)]
    [InlineData("requests wait for a second", false)]
    public void Rate_Unit_SaysPer(string text, bool isFound) => Rate().IsMatch(text).ShouldBe(isFound);

    [GeneratedRegex(@"\b(anew|goes before|(is|are) told|(is|are) worked in|of the (run|version) before|(stands?|stood) (in|at|on|there|beside))\b")]
    private static partial Regex Translated();

    [GeneratedRegex(
        @"\b(bytes|KiB|MiB|us|ns|CPU|events|requests|records|entries|syncs|slots) an? (event|batch|group|partition|request|tick|second|minute|hour|day)\b")]
    private static partial Regex Rate();
}
