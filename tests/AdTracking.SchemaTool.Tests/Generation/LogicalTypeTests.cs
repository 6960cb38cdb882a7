using System.Globalization;
using System.Text.Json;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Logical types in generated classes mean what they mean to Apache Avro's Python library.</summary>
public sealed class LogicalTypeTests : IDisposable
{
    private const string Schema = """
        {"type":"record","name":"L","fields":[
          {"name":"dec","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}},
          {"name":"fix","type":{"type":"fixed","name":"F","size":5,"logicalType":"decimal","precision":9,"scale":2}},
          {"name":"huge","type":{"type":"bytes","logicalType":"decimal","precision":60,"scale":30}},
          {"name":"uuid","type":{"type":"string","logicalType":"uuid"}},
          {"name":"uuid_fixed","type":{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}},
          {"name":"date","type":{"type":"int","logicalType":"date"}},
          {"name":"tms","type":{"type":"int","logicalType":"time-millis"}},
          {"name":"tus","type":{"type":"long","logicalType":"time-micros"}},
          {"name":"ms","type":{"type":"long","logicalType":"timestamp-millis"}},
          {"name":"us","type":{"type":"long","logicalType":"timestamp-micros"}},
          {"name":"ns","type":{"type":"long","logicalType":"timestamp-nanos"}},
          {"name":"lms","type":{"type":"long","logicalType":"local-timestamp-millis"}},
          {"name":"lus","type":{"type":"long","logicalType":"local-timestamp-micros"}},
          {"name":"lns","type":{"type":"long","logicalType":"local-timestamp-nanos"}},
          {"name":"gap","type":{"type":"fixed","name":"D","size":12,"logicalType":"duration"}},
          {"name":"either","type":["null",{"type":"int","logicalType":"date"},{"type":"long","logicalType":"timestamp-micros"}]}
        ]}
        """;

    private const string Probe = """
        using System;
        using AdTracking.Avro.Logical;
        using AdTracking.Avro.Records;
        using Generated;

        public static class Probe
        {
            private static readonly DateTimeOffset Moment = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddMicroseconds(789_012);

            private static readonly L Value = new()
            {
                Dec = -1.025m, Fix = 1234567.89m, Huge = new AvroBytes(new byte[] { 0x80, 0 }),
                Uuid = new Guid("00112233-4455-6677-8899-aabbccddeeff"), UuidFixed = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
                Date = new DateOnly(2026, 2, 3), Tms = new TimeOnly(4, 5, 6, 789), Tus = new TimeOnly(4, 5, 6, 789, 12),
                Ms = Moment, Us = Moment, Ns = new AvroNanos(1_770_091_506_789_012_345),
                Lms = Moment.DateTime, Lus = Moment.DateTime, Lns = AvroNanos.FromDateTime(Moment.DateTime),
                Gap = new AvroDuration(1, 2, 3), Either = new DateOnly(1970, 1, 2),
            };

            public static byte[] Encoded() => Encoded(Value);

            public static byte[] TooManyDigits() => Encoded(Value with { Dec = 1234567.001m });

            public static byte[] TooFine() => Encoded(Value with { Dec = 0.0001m });

            public static string Text() => Value.ToString();

            private static byte[] Encoded(L value)
            {
                byte[] room = new byte[1000];
                return value.TryEncode(room, out int written) ? room[..written] : Array.Empty<byte>();
            }
        }
        """;

    private readonly TemporaryDirectory _folder = new("logical");
    private readonly Type _probe;

    public LogicalTypeTests()
    {
        File.WriteAllText(_folder.PathOf("l.avsc"), Schema);
        _probe = CompiledBatch.Compile(CompiledBatch.Generate(_folder.FullPath), Probe).GetType("Probe")!;
    }

    public void Dispose() => _folder.Dispose();

    [RequiresFact(Tool.PythonAvro)]
    public async Task Python_EveryLogicalType_MeansTheSame()
    {
        await File.WriteAllBytesAsync(_folder.PathOf("value"), Call<byte[]>("Encoded"));
        var script = Path.Combine(AppContext.BaseDirectory, "Generation", "read_logical.py");

        var run = await ToolProcess.RunAsync(Tools.Python, [script, _folder.PathOf("l.avsc"), _folder.PathOf("value")]);

        var read = JsonDocument.Parse(run.Succeeded("read_logical.py").Output).RootElement;
        read.GetProperty("dec").GetString().ShouldBe("-1.025");
        read.GetProperty("fix").GetString().ShouldBe("1234567.89");
        read.GetProperty("huge").GetString().ShouldBe("-3.2768E-26");
        read.GetProperty("uuid").GetString().ShouldBe("00112233-4455-6677-8899-aabbccddeeff");
        read.GetProperty("date").GetString().ShouldBe("2026-02-03");
        read.GetProperty("tms").GetString().ShouldBe("04:05:06.789000");
        read.GetProperty("tus").GetString().ShouldBe("04:05:06.789012");
        Moment(read, "ms").ShouldBe(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero));
        Moment(read, "us").ShouldBe(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, 12, TimeSpan.Zero));
        read.GetProperty("ns").GetRawText().ShouldBe("1770091506789012345");
        read.GetProperty("lms").GetRawText().ShouldBe("1770091506789");
        read.GetProperty("lus").GetRawText().ShouldBe("1770091506789012");
        read.GetProperty("lns").GetRawText().ShouldBe("1770091506789012000");
        read.GetProperty("gap").GetString().ShouldBe("010000000200000003000000");
        read.GetProperty("either").GetString().ShouldBe("1970-01-02");
    }

    [Fact]
    public void Encode_DecimalThatIsNotExact_IsRefused()
    {
        Call<byte[]>("TooManyDigits").ShouldBeEmpty("ten digits do not fit a precision of nine");
        Call<byte[]>("TooFine").ShouldBeEmpty("nothing is rounded");
    }

    [Fact]
    public void ToString_EveryLogicalType_IsTheSameInEveryCulture() =>
        Call<string>("Text").ShouldStartWith("L { dec = -1.025, fix = 1234567.89, huge = 2 bytes 8000, uuid = 00112233-4455-6677-8899-aabbccddeeff");

    private static DateTimeOffset Moment(JsonElement read, string name) =>
        DateTimeOffset.Parse(read.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private T Call<T>(string method) => (T)_probe.GetMethod(method)!.Invoke(null, null)!;
}
