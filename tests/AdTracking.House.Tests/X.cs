namespace AdTracking.House.Tests;

public sealed class X
{
    [Fact]
    public void A_B_C() => 1.ShouldBe(1);
}
