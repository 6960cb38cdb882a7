namespace AdTracking.Kafka.Client.Tests;

/// <summary>Bytes that Kafka's own classes wrote (Data/Goldens.java).</summary>
internal static class Goldens
{
    private static readonly Dictionary<string, byte[]> Messages = Read("messages.txt", valueAt: 2);
    private static readonly Dictionary<string, byte[]> Batches = Read("batches.txt", valueAt: 1);

    /// <summary>A message's body in one version.</summary>
    public static byte[] Message(string name, int version) => Messages[$"{name} {version}"];

    /// <summary>A record batch.</summary>
    public static byte[] Batch(string name) => [.. Batches[name]];

    private static Dictionary<string, byte[]> Read(string file, int valueAt) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file)).Select(line => line.Split(' '))
            .ToDictionary(parts => string.Join(' ', parts[..valueAt]), parts => Convert.FromHexString(parts[valueAt]), StringComparer.Ordinal);
}
