using AdTracking.Emitter.Kafka.Native;

namespace AdTracking.Emitter.Tests;

public sealed class LibrdkafkaFileTests
{
    [Fact]
    public void Load_FirstFileCannotBeLoaded_TakesTheNext()
    {
        // Of the package's files at least one works here, or no test of the producer would; the others want libraries of other systems.
        string[] files = ["librdkafka-of-nowhere", "librdkafka", "centos8-librdkafka", "alpine-librdkafka"];

        LibrdkafkaFile.Load(files, typeof(LibrdkafkaFile).Assembly, path: null).ShouldNotBe(0);
    }

    [Fact]
    public void Load_NoFileCanBeLoaded_LeavesTheErrorToTheRuntime() =>
        LibrdkafkaFile.Load(["librdkafka-of-nowhere"], typeof(LibrdkafkaFile).Assembly, path: null).ShouldBe(0);

    [Fact]
    public void Resolve_AnotherLibrary_IsLeftToTheRuntime() =>
        LibrdkafkaFile.Resolve("libc", typeof(LibrdkafkaFile).Assembly, path: null).ShouldBe(0);

    [Fact]
    public void Call_OurBindingAndConfluents_AreOneFile()
    {
        Librdkafka.Text(Librdkafka.rd_kafka_version_str()).ShouldBe(Confluent.Kafka.Library.VersionString);

        var mapped = File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1]);
        mapped.Where(file => Path.GetFileName(file).Contains("librdkafka", StringComparison.Ordinal)).Distinct().Count().ShouldBe(1);
    }
}
