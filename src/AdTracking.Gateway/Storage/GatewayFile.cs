using System.Text.Json;
using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.Gateway.Storage;

/// <summary><c>gateway.json</c>: where a running gateway is found. A crash leaves it behind, so readers check the pid.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Http">Address of the public listener.</param>
/// <param name="Admin">Address of the admin listener.</param>
/// <param name="Kafka">Bootstrap servers.</param>
/// <param name="Registry">Base address of the registry.</param>
internal sealed record GatewayFile(int Pid, string Http, string Admin, string Kafka, string Registry)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, Json));
}

/// <summary>Removes a file at the end.</summary>
internal sealed class DeleteOnDispose(string path) : IDisposable
{
    public void Dispose() => File.Delete(path);
}
