using System.Collections;
using AdTracking.Gateway.Configuration;
using AdTracking.Testing;

namespace AdTracking.Gateway.Tests.Configuration;

/// <summary>What is documented is what the code reads.</summary>
public sealed class DocumentedSettingsTests
{
    private static readonly string Documents =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md")) + File.ReadAllText(Path.Combine(Repository.Root, "docs", "http.md"));

    public static TheoryData<string> Keys() => [.. Setting.All.Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Operations_EverySetting_IsDocumented(string key)
    {
        var (section, name) = (key[..key.IndexOf(':', StringComparison.Ordinal)], key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var lines = Documents.Split('\n').Where(line => line.Contains($"`{section}:", StringComparison.Ordinal));

        lines.ShouldContain(line => line.Contains($"`{key}", StringComparison.Ordinal) || line.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void DeployedExample_Loads_WithNothingButItsFilesMissing()
    {
        var settings = SettingsLoader.Load([], new Hashtable(), Path.Combine(Repository.Root, "deploy"));

        settings.Problems.Count.ShouldBe(2);
        settings.Problems[0].ShouldBe("Registry:PasswordFile: '/etc/adtracking/registry-password' does not exist");
        settings.Problems[1].ShouldStartWith("Kafka:Properties: The TLS files cannot be read: ");
        settings.Problems[1].ShouldContain("/etc/adtracking/ca.pem");
        settings.Options.Topics.Create.ShouldBeFalse();
        settings.Options.Kafka.Properties["security.protocol"].ShouldBe("SSL");
    }
}
