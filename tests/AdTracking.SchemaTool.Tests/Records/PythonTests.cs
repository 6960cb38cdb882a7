using System.Text.Json;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Apache Avro's Python library reads what the generated classes write.</summary>
public sealed class PythonTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new("python");

    public void Dispose() => _folder.Dispose();

    [RequiresFact(Tool.PythonAvro)]
    public async Task Python_FilledImpression_ReadsEveryFieldWithTheSchema()
    {
        var record = Samples.Filled(Samples.SmallImpression) with { SigStatus = SigStatus.Expired };
        var room = new byte[64 * 1024];
        record.TryEncode(room, out var written).ShouldBeTrue();
        await File.WriteAllBytesAsync(_folder.PathOf("value"), room.AsMemory(0, written));
        await File.WriteAllTextAsync(_folder.PathOf("schema"), AdImpression.SchemaJson);

        var script = Path.Combine(AppContext.BaseDirectory, "Records", "read_value.py");
        var run = await ToolProcess.RunAsync(Tools.Python, [script, _folder.PathOf("schema"), _folder.PathOf("value")]);

        run.ExitCode.ShouldBe(0, run.Errors);
        var root = JsonDocument.Parse(run.Output).RootElement;
        root.EnumerateObject().Count().ShouldBe(AdImpressionField.FieldCount);
        root.GetProperty("ad_serving_id").GetString().ShouldBe(record.AdServingId);
        root.GetProperty("crid").GetString().ShouldBe(record.Crid);
        root.GetProperty("price_cpm_micros").GetInt64().ShouldBe(record.PriceCpmMicros!.Value);
        root.GetProperty("received_ts").GetInt64().ShouldBe(record.ReceivedTs.ToUnixTimeMilliseconds());
        root.GetProperty("billable").GetBoolean().ShouldBe(record.Billable);
        root.GetProperty("sig_status").GetString().ShouldBe("EXPIRED");
        root.GetProperty("gpp_sid").EnumerateArray().Select(item => item.GetInt32()).ShouldBe(record.GppSid);
        root.GetProperty("ext").GetProperty("k1").GetString().ShouldBe("v1");
        root.GetProperty("refresh_count").GetInt32().ShouldBe(record.RefreshCount!.Value);
    }
}
