using System.Text.Json;
using Confluent.Kafka;

namespace AdTracking.Emitter.Kafka;

/// <summary>Gives librdkafka's admin client what our own producer takes and librdkafka does not: a bearer token in a file.</summary>
internal static class AdminSecurity
{
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(1);

    /// <summary>A builder for a client with these properties.</summary>
    public static AdminClientBuilder NewBuilder(string bootstrapServers, IReadOnlyDictionary<string, string> properties)
    {
        var values = new Dictionary<string, string>(properties, StringComparer.Ordinal);
        var file = ClientSecurity.TokenFile(values);
        foreach (var name in file is null ? [] : values.Keys.Where(name => name.StartsWith("sasl.oauthbearer.", StringComparison.Ordinal)).ToArray())
        {
            values.Remove(name);
        }

        var builder = new AdminClientBuilder(new AdminClientConfig(values) { BootstrapServers = bootstrapServers });
        return file is null ? builder : builder.SetOAuthBearerTokenRefreshHandler((client, _) => Refresh(client, file));
    }

    private static void Refresh(IClient client, string file)
    {
        try
        {
            var token = File.ReadAllText(file).Trim();
            client.OAuthBearerSetToken(token, EndOf(token), "adtracking");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or KafkaException or ArgumentException)
        {
            client.OAuthBearerSetTokenFailure(failure.Message);
        }
    }

    // A JWT says how long it is valid; librdkafka wants to know. Milliseconds since 1970.
    private static long EndOf(string token)
    {
        var parts = token.Split('.');
        try
        {
            using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts.Length > 1 ? parts[1] : ""));
            return (long)(claims.RootElement.GetProperty("exp"u8).GetDouble() * 1_000);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return TimeProvider.System.GetUtcNow().Add(UsualLife).ToUnixTimeMilliseconds();
        }
    }
}
