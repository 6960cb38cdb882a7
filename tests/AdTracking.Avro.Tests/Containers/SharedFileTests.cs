using System.Text.Json;
using AdTracking.Avro.Containers;

namespace AdTracking.Avro.Tests;

/// <summary>Container files that Apache Avro made.</summary>
public sealed class SharedFileTests
{
    [RequiresTheory(Tool.SharedData)]
    [InlineData("weather.avro", ContainerCodec.Null)]
    [InlineData("weather-deflate.avro", ContainerCodec.Deflate)]
    [InlineData("weather-snappy.avro", ContainerCodec.Snappy)]
    public void Read_Weather_IsWhatTheJsonSays(string file, ContainerCodec codec)
    {
        using ObjectContainerReader reader = new(File.OpenRead(PathOf(file)));

        reader.Codec.ShouldBe(codec);
        reader.ReadJson().ShouldBe(File.ReadLines(PathOf("weather.json")).Select(Compact));
    }

    [RequiresFact(Tool.SharedData)]
    public void Read_WeatherSorted_HasTheSameRows()
    {
        using ObjectContainerReader reader = new(File.OpenRead(PathOf("weather-sorted.avro")));

        reader.ReadJson().ShouldBe(File.ReadLines(PathOf("weather.json")).Select(Compact), ignoreOrder: true);
    }

    [RequiresFact(Tool.SharedData)]
    public void Read_WeatherZstandard_SaysThatItCannot() =>
        Should.Throw<InvalidDataException>(() => new ObjectContainerReader(File.OpenRead(PathOf("weather-zstd.avro"))))
            .Message.ShouldContain("zstandard");

    [RequiresTheory(Tool.SharedData)]
    [InlineData("syncInMeta.avro", 1)]
    [InlineData("schemas/simple/data.avro", 1)]
    [InlineData("schemas/withUnion/data.avro", 1)]
    public void Read_OtherFiles_AreReadToTheEnd(string file, int atLeast)
    {
        using ObjectContainerReader reader = new(File.OpenRead(PathOf(file)));

        reader.ReadJson().Count().ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [RequiresFact(Tool.SharedData)]
    public void TryDecompress_SnappyMutations_NeverThrow()
    {
        var file = File.ReadAllBytes(PathOf("weather-snappy.avro"));
        Random random = new(7);
        for (var round = 0; round < 3_000; round++)
        {
            var mutant = file[^(random.Next(40, 160))..];
            mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            _ = SnappyBlock.TryDecompress(mutant, 1_000_000, out _);
        }
    }

    private static string PathOf(string file) => Path.Combine(Tools.SharedData!, "avro", file);

    private static string Compact(string line) => JsonSerializer.Serialize(JsonDocument.Parse(line).RootElement);
}
