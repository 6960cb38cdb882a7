using AdTracking.Gateway.Redirect;

namespace AdTracking.Gateway.Tests.Redirect;

public sealed class RedirectTargetsTests
{
    private readonly RedirectTargets _targets = new(["shop.example", "*.cdn.example", "dev.example:8443", "127.0.0.1:3000", "[::1]:3000"]);

    [Theory]
    [InlineData("https://shop.example", "https://shop.example/")]
    [InlineData("http://SHOP.example:80/A?b=c#d", "http://shop.example/A?b=c#d")]
    [InlineData("https://shop.example/ä b?q=ü", "https://shop.example/%C3%A4%20b?q=%C3%BC")]
    [InlineData("https://a.b.cdn.example/x", "https://a.b.cdn.example/x")]
    [InlineData("https://dev.example:8443/", "https://dev.example:8443/")]
    [InlineData("http://127.0.0.1:3000/x", "http://127.0.0.1:3000/x")]
    [InlineData("http://[::1]:3000/x", "http://[::1]:3000/x")]
    [InlineData("http://0x7f.1:3000/x", "http://127.0.0.1:3000/x")] // answered as it was judged
    public void Check_AllowedHost_GivesTheLocation(string target, string location) => _targets.Check(target)!.Location.ShouldBe(location);

    [Theory]
    [InlineData("")]
    [InlineData("shop.example")]
    [InlineData("/path")]
    [InlineData("//shop.example/")]
    [InlineData("https:shop.example")]
    [InlineData("ftp://shop.example/")]
    [InlineData("javascript://shop.example/%0aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://evil.example/")]
    [InlineData("https://evil.example/shop.example")]
    [InlineData("https://shop.example.evil.example/")]
    [InlineData("https://evilshop.example/")]
    [InlineData("https://cdn.example/")] // a wildcard does not cover the bare name
    [InlineData("https://evilcdn.example/")]
    [InlineData("https://shop.example:8443/")] // another port is another server
    [InlineData("https://dev.example/")]
    [InlineData("https://shop.example@evil.example/")]
    [InlineData("https://user:password@shop.example/")]
    [InlineData("https://@shop.example/")]
    [InlineData("https://evil.example#@shop.example/")]
    [InlineData("https://evil.example?@shop.example/")]
    [InlineData(@"https://evil.example\@shop.example/")]
    [InlineData(@"https://shop.example\@evil.example/")]
    [InlineData("https://shop.example%2eevil.example/")]
    [InlineData("https://shop.example\r\nSet-Cookie: a=b")]
    [InlineData("https://shop.example/\u0085")]
    [InlineData("https://shop.example/\0")]
    [InlineData("https://shop.example\t.evil.example/")]
    [InlineData("https://shop。example/")] // an ideographic full stop
    [InlineData("https://ѕhop.example/")] // a Cyrillic letter
    [InlineData("https://")]
    public void Check_AnythingElse_IsRefused(string target) => _targets.Check(target).ShouldBeNull();

    [Fact]
    public void Check_Length_IsBounded()
    {
        const string Start = "https://shop.example/";
        var longest = Start + new string('a', RedirectTargets.LengthMax - Start.Length);

        _targets.Check(longest)!.Location.ShouldBe(longest);
        _targets.Check(longest + "a").ShouldBeNull();
    }

    [Fact]
    public void Check_NothingAllowed_RefusesEverything() => new RedirectTargets([]).Check("https://shop.example/").ShouldBeNull();
}
