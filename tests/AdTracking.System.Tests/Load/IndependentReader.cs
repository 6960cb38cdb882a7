using System.Text;
using System.Text.Json;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Load;

/// <summary>Decodes values with Avro implementations of others, by the schemas that a registry gives.</summary>
internal static class IndependentReader
{
    private const string Fields = "event_id,event_name,ad_serving_id,price_cpm_micros,id_source,billable";

    /// <summary>With avsc (Node). Fails where a value is not exactly one datum, or not the bytes that avsc itself would write.</summary>
    public static async Task<List<DecodedRecord>> DecodeAsync(string registry, IReadOnlyCollection<TopicRecord> records)
    {
        using var folder = new TemporaryDirectory("decode");
        FrameFile.Write(folder.PathOf("frames"), records.Select(record => record.Value));
        var outcome = await ToolProcess.NodeAsync(
            "decode.mjs", [registry.TrimEnd('/'), folder.PathOf("frames"), folder.PathOf("out"), Fields], TimeSpan.FromSeconds(120));
        using var summary = JsonDocument.Parse(outcome.Succeeded("decode.mjs").Output);
        summary.RootElement.GetProperty("values").GetInt32().ShouldBe(records.Count);
        summary.RootElement.GetProperty("different").GetInt32().ShouldBe(0, "avsc would have written other bytes");
        return [.. records.Zip(File.ReadLines(folder.PathOf("out")), Combine)];
    }

    /// <summary>With Apache Avro's Python library: event_id, event_name, ad_serving_id of each.</summary>
    public static async Task<List<string[]>> DecodeWithPythonAsync(string registry, IReadOnlyCollection<TopicRecord> records)
    {
        using var folder = new TemporaryDirectory("decode");
        FrameFile.Write(folder.PathOf("frames"), records.Select(record => record.Value));
        string[] arguments = [Path.Combine(Tools.NodeScripts, "decode.py"), registry.TrimEnd('/'), folder.PathOf("frames")];
        var outcome = await ToolProcess.RunAsync(Tools.Python, arguments, TimeSpan.FromSeconds(120));
        return [.. outcome.Succeeded("decode.py").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<string[]>(line)!)];
    }

    private static DecodedRecord Combine(TopicRecord record, string line)
    {
        using var json = JsonDocument.Parse(line);
        var values = json.RootElement;
        return new DecodedRecord(
            record.Topic,
            Encoding.UTF8.GetString(record.Key),
            values[0].GetString()!,
            values[1].GetString()!,
            values[2].GetString()!,
            values[3].ValueKind == JsonValueKind.Number ? values[3].GetInt64() : null,
            values[4].GetString(),
            values[5].ValueKind == JsonValueKind.Null ? null : values[5].GetBoolean());
    }
}
