using System.Net;
using System.Text;
using AdTracking.Gateway.Identity;

namespace AdTracking.Gateway.Tests.Identity;

public sealed class IpPolicyTests
{
    [Theory]
    [InlineData(24, 56, "203.0.113.77", "203.0.113.0", true)]
    [InlineData(20, 56, "203.0.127.77", "203.0.112.0", true)]
    [InlineData(32, 56, "203.0.113.77", "203.0.113.77", false)]
    [InlineData(0, 56, "203.0.113.77", "", true)]
    [InlineData(24, 56, "2001:db8:1234:5678:9abc::1", "2001:db8:1234:5600::", true)]
    [InlineData(24, 128, "2001:db8::1", "2001:db8::1", false)]
    [InlineData(24, 0, "2001:db8::1", "", true)]
    public void Write_Address_KeepsTheBitsOfThePolicy(int v4Bits, int v6Bits, string address, string stored, bool isTruncated)
    {
        Span<byte> text = stackalloc byte[IpPolicy.TextBytesMax];
        var policy = new IpPolicy(v4Bits, v6Bits);

        var written = policy.Write(IPAddress.Parse(address), text, out var wasTruncated);

        Encoding.UTF8.GetString(text[..written]).ShouldBe(stored);
        wasTruncated.ShouldBe(isTruncated);
    }
}
