using System.Xml.Linq;

namespace AdTracking.House.Tests;

/// <summary>Projects depend on each other one way: Gateway, Emitter, Queue, Events, Avro; the tools hang beside.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["AdTracking.Avro"] = [],
        ["AdTracking.Events"] = ["AdTracking.Avro"],
        ["AdTracking.SchemaRegistry"] = ["AdTracking.Avro"],
        ["AdTracking.Serdes"] = ["AdTracking.SchemaRegistry"],
        ["AdTracking.EmbeddedRegistry"] = ["AdTracking.SchemaRegistry"],
        ["AdTracking.SchemaTool"] = ["AdTracking.SchemaRegistry"],
        ["AdTracking.Kafka"] = [],
        ["AdTracking.Queue"] = ["AdTracking.Events"],
        ["AdTracking.Emitter"] = ["AdTracking.Kafka", "AdTracking.Queue", "AdTracking.SchemaRegistry"],
        ["AdTracking.Gateway"] = ["AdTracking.Emitter", "AdTracking.EmbeddedRegistry"],
        ["AdTracking.Cli"] = ["AdTracking.Emitter", "AdTracking.SchemaTool"],
    };

    private static readonly Dictionary<string, string[]> PackagesOf = new()
    {
        ["AdTracking.Avro"] = [],
        ["AdTracking.Events"] = [],
        ["AdTracking.SchemaRegistry"] = [],
        ["AdTracking.Serdes"] = ["Confluent.Kafka"],
        ["AdTracking.EmbeddedRegistry"] = [],
        ["AdTracking.SchemaTool"] = ["Polly.Core", "System.CommandLine"],
        ["AdTracking.Kafka"] = ["K4os.Compression.LZ4", "Snappier", "ZstdSharp.Port"],
        ["AdTracking.Queue"] = ["Microsoft.Extensions.Logging.Abstractions"],
        ["AdTracking.Emitter"] = ["Confluent.Kafka", "librdkafka.redist"],
        ["AdTracking.Gateway"] = ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"],
        ["AdTracking.Cli"] = ["System.CommandLine", "Confluent.Kafka"],
    };

    public static TheoryData<string> Projects() => [.. Repository.Files(".csproj", "src")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_EveryProject_PointOneWay(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Allowed.ShouldContainKey(name, "a new project needs its place in this table and in docs/architecture.md");
        // A build-order reference to a tool (ReferenceOutputAssembly false) brings no code in.
        References(project, "ProjectReference", "ReferenceOutputAssembly").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(Allowed[name], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void PackageReferences_EveryProject_AreTheDecidedOnes(string project) =>
        References(project, "PackageReference", "PrivateAssets")
            .ShouldBe(PackagesOf[Path.GetFileNameWithoutExtension(project)], ignoreOrder: true);

    [Fact]
    public void KafkaNamespace_Sources_IsUsedOnlyInEmitterAndTools() =>
        Repository.Files(".cs", "src/AdTracking.Gateway")
            .Where(path => Repository.Read(path).Contains("using Confluent.Kafka", StringComparison.Ordinal))
            .ShouldBeEmpty("only the emitter knows Kafka");

    [Fact]
    public void AspNetCoreNamespace_Sources_IsUsedOnlyInTheServers() =>
        Repository.Files(".cs", "src").Where(path => !path.StartsWith("src/AdTracking.Gateway/", StringComparison.Ordinal)
                && !path.StartsWith("src/AdTracking.EmbeddedRegistry/", StringComparison.Ordinal)
                && Repository.Read(path).Contains("using Microsoft.AspNetCore", StringComparison.Ordinal))
            .ShouldBeEmpty("only the gateway and the embedded registry know ASP.NET Core");

    private static IEnumerable<string> References(string project, string element, string exceptWith) =>
        XDocument.Parse(Repository.Read(project)).Descendants(element)
            .Where(reference => reference.Attribute(exceptWith) is null)
            .Select(reference => reference.Attribute("Include")!.Value);
}
