using System.Collections;
using AdTracking.Gateway.Configuration;
using AdTracking.Queue;
using AdTracking.Testing;

namespace AdTracking.Gateway.Tests.Configuration;

public sealed class SettingsLoaderTests
{
    [Fact]
    public void Load_NothingSet_HasNoProblems()
    {
        var settings = Load([]);

        settings.Problems.ShouldBeEmpty();
        settings.Options.Http.Port.ShouldBe(8080);
        settings.Options.Admin.Port.ShouldBe(9464);
        settings.Options.Http.Ack.ShouldBe(AckLevel.Durable);
        settings.Options.Kafka.IsEmbedded.ShouldBeTrue();
    }

    [Fact]
    public void Load_FileEnvironmentAndArguments_LaterSourceWins()
    {
        using var directory = new TemporaryDirectory("settings");
        File.WriteAllText(
            directory.PathOf("appsettings.json"),
            """{"Http":{"Port":1,"RequestDeadlineMs":111},"Admin":{"Port":2},"Click":{"AllowedHosts":["a.example"]}}""");

        var settings = Load(
            ["--Admin:Port=22"],
            new() { ["ADTRACKING_Http__Port"] = "11", ["ADTRACKING_Admin__Port"] = "12" },
            directory.FullPath);

        settings.Problems.ShouldBeEmpty();
        settings.Options.Http.Port.ShouldBe(11);
        settings.Options.Http.RequestDeadlineMs.ShouldBe(111);
        settings.Options.Admin.Port.ShouldBe(22);
        settings.Options.Click.AllowedHosts.ShouldBe(["a.example"]);
    }

    [Theory]
    [InlineData("--Click:AllowedHosts=c.example", "c.example")]
    [InlineData("--Click:AllowedHosts:0=c.example", "c.example")]
    [InlineData("--Click:AllowedHosts=", null)]
    public void Load_ListInALaterSource_ReplacesTheFormer(string argument, string? host)
    {
        using var directory = new TemporaryDirectory("settings");
        File.WriteAllText(directory.PathOf("appsettings.json"), """{"Click":{"AllowedHosts":["a.example","*.a.example"]}}""");

        Load([argument], new() { ["ADTRACKING_Click__AllowedHosts"] = "b.example" }, directory.FullPath)
            .Options.Click.AllowedHosts.ShouldBe(host is null ? [] : [host]);
    }

    [Fact]
    public void Load_EnvironmentInTwoSpellings_IsNoCrash() =>
        Load([], new() { ["ADTRACKING_Http__Port"] = "11", ["ADTRACKING_HTTP__PORT"] = "11" }).Options.Http.Port.ShouldBe(11);

    [Fact]
    public void Load_ManyMistakes_NamesAllAtOnce() =>
        Load(
        [
            "--Http:Port=70000", "--Http:Prot=1", "--Http:Ack=memory", "--Admin:Port=x", "--Kafka:TickMs=50", "port", "--Journal:BytesMix=1",
        ]).Problems.ShouldBe(
        [
            "argument 'port': expected --Section:Name=value (see --help)",
            "Admin:Port: 'x' is not a whole number",
            "Http:Ack: 'memory' is not one of durable, kafka, journaled",
            "Http:Prot: unknown setting",
            "Journal:BytesMix: unknown setting",
            "Http:Port: 70000 is not between 0 and 65535",
            "Kafka:TickMs: 50 is more than Kafka:TickMsMax, 25",
        ]);

    [Theory]
    [InlineData(null, 7_000)]
    [InlineData("--Journal:ReconcileAfterMs=8000", 8_000)]
    public void Load_FormerName_StillWorksWithAWarning(string? present, int expected)
    {
        var settings = Load(present is null ? [] : [present], new() { ["ADTRACKING_Journal__SettleAfterMs"] = "7000" });

        settings.Problems.ShouldBeEmpty();
        settings.Options.Journal.ReconcileAfterMs.ShouldBe(expected);
        settings.Warnings.ShouldBe(["Journal:SettleAfterMs is the former name of Journal:ReconcileAfterMs and goes in the next version"]);
    }

    /// <summary>What only the library can judge is among the problems of the settings, so that it is not found one start later.</summary>
    [Fact]
    public void Load_PropertiesThatTheProducerCannotHave_AreProblemsLikeOthers() =>
        Load(["--Kafka:Properties:linger.ms=5", "--Kafka:Properties:no.such=1", "--Http:Port=70000"]).Problems.ShouldBe(
        [
            "Http:Port: 70000 is not between 0 and 65535",
            "Kafka:Properties:linger.ms: cannot be set: batches are made by the shipper's tick; use Kafka:TickMs and Kafka:TickMsMax.",
            "Kafka:Properties:no.such: this producer has no such property. Kafka:Producer=librdkafka may have it.",
        ]);

    [Fact]
    public void Load_SettingThatIsGone_IsIgnoredWithAWarning()
    {
        var settings = Load(["--Topics:Overflow=a b"], new() { ["ADTRACKING_Topics__Overflow"] = "ad.impression" });

        settings.Problems.ShouldBeEmpty();
        settings.Warnings.ShouldBe(["Topics:Overflow is ignored and goes in the next version: nothing is written to that topic"]);
    }

    [Fact]
    public void Load_FormerAndPresentNameInOneSource_ThePresentOneCounts()
    {
        var settings = Load(["--Journal:SettleAfterMs=7000", "--Journal:ReconcileAfterMs=8000"]);

        settings.Options.Journal.ReconcileAfterMs.ShouldBe(8_000);
        settings.Warnings.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("--Http:Address=localhost", "Http:Address: 'localhost' is not an IP address (0.0.0.0 listens on all)")]
    [InlineData("--Http:Address=", "Http:Address: must not be empty")]
    [InlineData("--Admin:Port=8080", "Admin:Port: 8080 is Http:Port already")]
    [InlineData("--Limits:EventBytesMax=70000", "Limits:EventBytesMax: 70000 is more than Limits:BeaconBytesMax, 65536")]
    [InlineData("--Limits:BeaconBytesMax=2000000", "Limits:BeaconBytesMax: 2000000 is more than Limits:BodyBytesMax, 1048576")]
    [InlineData("--Limits:BodyBytesMax=9000000", "Limits:BodyBytesMax: 9000000 is more than Limits:DecompressedBytesMax, 8388608")]
    [InlineData(
        "--Http:RequestDeadlineMs=20",
        "Kafka:TickMsMax: 25 is more than Http:RequestDeadlineMs, 20",
        "Http:ClickWaitMs: 50 is more than Http:RequestDeadlineMs, 20",
        "Http:RequestDeadlineMs: 20 is not more than Journal:SyncAfterMs, 50: no request would wait long enough for the journal")]
    [InlineData(
        "--Journal:SyncAfterMs=25",
        "Journal:SyncAfterMs: 25 is not more than Kafka:TickMsMax, 25: every event would be written to the disk before Kafka could have it")]
    [InlineData("--Journal:SyncAfterMs=0", "Journal:SyncAfterMs: 0 is not between 1 and 60000",
        "Journal:SyncAfterMs: 0 is not more than Kafka:TickMsMax, 25: every event would be written to the disk before Kafka could have it")]
    [InlineData("--Journal:SegmentBytes=1073741824", "Journal:SegmentBytes: 1073741824 is not between 2097152 and 268435456")]
    [InlineData("--Journal:BytesMax=16777216", "Journal:BytesMax: 16777216 is less than 4 times Journal:SegmentBytes, 16777216")]
    [InlineData("--Journal:ReconcileAfterMs=-1", "Journal:ReconcileAfterMs: -1 is not between 0 and 3600000")]
    [InlineData(
        "--Kafka:Properties:message.max.bytes=20000",
        "Limits:EventBytesMax: 32768 and 4096 for what is added is more than Kafka:Properties:message.max.bytes, 20000",
        "Limits:BadBodyBytesMax: 8192, Limits:RequestLineBytesMax and 4096 for what is added is more than Kafka:Properties:message.max.bytes, 20000")]
    [InlineData("--Kafka:Properties:acks=1", "Kafka:Properties:acks: '1' goes against enable.idempotence, which implies acks=all")]
    [InlineData("--Kafka:Properties=x", "Kafka:Properties: takes named values, Kafka:Properties:<name>")]
    [InlineData(
        "--Kafka:BootstrapServers=k:9092",
        "Registry:Url: must be set when Kafka:BootstrapServers is (or set Registry:Embedded=true to keep the schemas in this gateway's data directory)")]
    [InlineData("--Registry:Url=ftp://x", "Registry:Url: 'ftp://x' is not an http or https address")]
    [InlineData("--Registry:Url=http://u:p@x", "Registry:Url: must not carry a user name or password")]
    [InlineData("--Registry:Username=u", "Registry:Username and Registry:PasswordFile: set both or neither")]
    [InlineData("--Topics:Click=ad.impression", "Topics: 'ad.impression' stands for 2 topics")]
    [InlineData("--Topics:Click=a b", "Topics:Click: 'a b' must be a Kafka topic name: 1 to 249 letters, digits, '.', '_' or '-'")]
    [InlineData("--Proxies:Trusted=10.0.0.0/8,x", "Proxies:Trusted: 'x' is not an address or a CIDR range")]
    [InlineData(
        "--Click:AllowedHosts=a.example,http://b",
        "Click:AllowedHosts: 'http://b' is not a host name, '*.' and a host name, or either with a port")]
    [InlineData("--Http:PixelPrefixes=t", "Http:PixelPrefixes: 't' is not a path such as /t")]
    [InlineData("--Otlp:Endpoint=x", "Otlp:Endpoint: 'x' is not an http or https address")]
    [InlineData("--Edge:Id=a b", "Edge:Id: 'a b' must be 1 to 64 letters, digits, '.', '_' or '-'")]
    [InlineData("--Topics:Create=maybe", "Topics:Create: 'maybe' is not true or false")]
    [InlineData("--Queue:BytesMax=1", "Queue:BytesMax: 1 is not between 4194304 and 17179869184")]
    public void Load_ImpossibleValue_SaysWhy(string argument, params string[] problems) => Load([argument]).Problems.ShouldBe(problems);

    /// <summary>Nothing waits for the journal then.</summary>
    [Fact]
    public void Load_AckByKafka_SyncAfterMayBeAnything() => Load(["--Http:Ack=kafka", "--Journal:SyncAfterMs=20"]).Problems.ShouldBeEmpty();

    [Fact]
    public void Load_BrokenFile_IsAProblemWithItsPlace()
    {
        using var directory = new TemporaryDirectory("settings");
        File.WriteAllText(directory.PathOf("appsettings.json"), "{\"Http\":");

        Load(["--No:Such=1"], [], directory.FullPath).Problems.ShouldSatisfyAllConditions(
            problems => problems.Count.ShouldBe(2),
            problems => problems[0].ShouldStartWith(directory.PathOf("appsettings.json") + ": "),
            problems => problems[1].ShouldBe("No:Such: unknown setting"));
    }

    [Fact]
    public void Load_LoggingSection_BelongsToLogging() =>
        Load(["--Logging:LogLevel:Default=Warning"]).Problems.ShouldBeEmpty();

    [Fact]
    public void Load_AspNetCoreUrls_IsIgnoredWithAWarning() =>
        Load([], new() { ["ASPNETCORE_URLS"] = "http://*:1" }).Warnings
            .ShouldBe(["ASPNETCORE_URLS is ignored: the addresses are Http:Address, Http:Port, Admin:Address and Admin:Port"]);

    [Fact]
    public void Describe_Secrets_AreNotShown()
    {
        var options = Load(["--Kafka:Properties:sasl.password=hunter2", "--Kafka:Properties:linger.ms=3", "--Http:Port=1"]).Options;

        var text = EffectiveSettings.Describe(options);

        text.ShouldNotContain("hunter2");
        text.ShouldContain("  * Kafka:Properties = linger.ms=3, sasl.password=***");
        text.ShouldContain("  * Http:Port = 1");
        text.ShouldContain("    Admin:Port = 9464");
    }

    private static Settings Load(string[] arguments, Hashtable? environment = null, string? directory = null) =>
        SettingsLoader.Load(arguments, environment ?? [], directory ?? Path.GetTempPath());
}
