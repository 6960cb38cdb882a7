using System.Text.Encodings.Web;
using System.Text.Json;
using AdTracking.Emitter.Inspection;

namespace AdTracking.Cli.Journals;

/// <summary>One JSON document, written as the segments are read.</summary>
internal sealed class InspectionJson(Stream output) : IInspectionWriter
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);
    private readonly Utf8JsonWriter _json = new(
        output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public void Begin(string directory)
    {
        _json.WriteStartObject();
        _json.WriteString("directory", Path.GetFullPath(directory));
        _json.WriteStartArray("segments");
    }

    /// <inheritdoc/>
    public void Write(InspectedSegment segment, bool isBrief)
    {
        JsonSerializer.Serialize(_json, isBrief ? segment with { Batches = [], Notes = [] } : segment, Names);
        _json.Flush();
    }

    /// <inheritdoc/>
    public void End(JournalInspection inspection)
    {
        _json.WriteEndArray();
        _json.WritePropertyName("otherFiles");
        JsonSerializer.Serialize(_json, inspection.OtherFiles, Names);
        _json.WritePropertyName("totals");
        JsonSerializer.Serialize(_json, inspection.Totals, Names);
        _json.WriteEndObject();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        output.Write("\n"u8);
    }
}
