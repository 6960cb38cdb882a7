using System.Text.Json;

namespace AdTracking.Oracle.Sending;

/// <summary><c>gateway.json</c> of a gateway that may be killed and started again on other ports. Its process must live: a killed one
/// leaves the file behind, and its port may be somebody else's by now.</summary>
internal sealed class GatewayFile(string path)
{
    public Uri? Http => Read("http") is { } text ? new Uri(text) : null;

    public Uri? Registry => Read("registry") is { } text ? new Uri(text.TrimEnd('/') + "/") : null;

    public string? Kafka => Read("kafka");

    private string? Read(string name)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Directory.Exists($"/proc/{json.RootElement.GetProperty("pid").GetInt32()}")
                ? json.RootElement.GetProperty(name).GetString() : null;
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
