using System.Collections;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AdTracking.Avro.Framing;
using AdTracking.Avro.Records;
using AdTracking.Events;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Hosting;
using AdTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Gateway.Testing;

/// <summary>The real gateway, in this process, on free ports and a data directory of its own.</summary>
public sealed class RunningGateway : IAsyncDisposable
{
    private readonly TemporaryDirectory? _ownDirectory;
    private readonly GatewayHost _host;

    private RunningGateway(GatewayHost host, TemporaryDirectory? ownDirectory)
    {
        _host = host;
        _ownDirectory = ownDirectory;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(host.Addresses.Http) };
        Admin = new HttpClient { BaseAddress = new Uri(host.Addresses.Admin) };
    }

    public HttpClient Http { get; }

    public HttpClient Admin { get; }

    public string Kafka => _host.Addresses.Kafka;

    internal GatewayHost Host => _host;

    /// <param name="settings">As on the command line, without the dashes.</param>
    public static Task<RunningGateway> StartAsync(params string[] settings) => StartInAsync(null, settings);

    public static async Task<RunningGateway> StartInAsync(string? directory, params string[] settings)
    {
        var own = directory is null ? new TemporaryDirectory("gateway") : null;
        // A busy machine must not turn `kafka` into `synced` where a test is not about the journal.
        string[] fixedSettings =
            ["--Http:Port=0", "--Admin:Port=0", "--Edge:Id=edge-1", "--Journal:SyncAfterMs=5000", $"--Data:Directory={directory ?? own!.PathOf("data")}"];
        var loaded = SettingsLoader.Load([.. fixedSettings, .. settings.Select(setting => "--" + setting)], new Hashtable(), Path.GetTempPath());
        loaded.Problems.ShouldBeEmpty();
        try
        {
            var host = await GatewayStart.RunAsync(loaded.Options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
            var gateway = new RunningGateway(host, own);
            if (loaded.Options.Kafka.IsEmbedded && loaded.Options.Registry.IsEmbedded)
            {
                await gateway.UntilReadyAsync();
            }

            return gateway;
        }
        catch
        {
            own?.Dispose();
            throw;
        }
    }

    public Task DrainAsync() => _host.DrainAsync();

    /// <summary>A start goes on without Kafka after five seconds, and a busy machine needs more for the embedded parts.</summary>
    private Task UntilReadyAsync() => Poll.UntilAsync(() => _host.Pipeline.State.Ready, TimeSpan.FromSeconds(60), () => "ready");

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? contentType = "application/json", string? encoding = null) =>
        await PostAsync(path, Encoding.UTF8.GetBytes(body), contentType, encoding);

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? contentType = "application/json", string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>The results of an answer, each as one line without the id: <c>0 accepted kafka</c>, <c>1 rejected missing_field ad_serving_id</c>.</summary>
    public static async Task<string[]> ResultsOf(HttpResponseMessage answer)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        string?[] Parts(JsonElement result) =>
        [
            result.GetProperty("i").ToString(),
            result.GetProperty("outcome").GetString(),
            .. new[] { "durability", "code", "field" }.Select(name => result.TryGetProperty(name, out var value) ? value.GetString() : null),
        ];
        return [.. body.RootElement.GetProperty("results").EnumerateArray().Select(result => string.Join(' ', Parts(result).Where(part => part is not null)))];
    }

    public static async Task<string> CodeOf(HttpResponseMessage answer)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("status").GetInt32().ShouldBe((int)answer.StatusCode);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return body.RootElement.GetProperty("code").GetString()!;
    }

    /// <summary>The records of a topic that belong to one ad serving, as they lie in Kafka now.</summary>
    public IReadOnlyList<T> Stored<T>(string topic, Func<T, bool> isWanted)
        where T : class, IAvroRecord<T> =>
        [.. TopicReader.ReadToEnd(Kafka, topic).Select(Decode<T>).Where(isWanted)];

    public AdImpression Impression(string servingId) => Stored<AdImpression>("ad.impression", one => one.AdServingId == servingId).ShouldHaveSingleItem();

    public AdClick Click(string servingId) => Stored<AdClick>("ad.click", one => one.AdServingId == servingId).ShouldHaveSingleItem();

    public AdEngagement Engagement(string servingId) =>
        Stored<AdEngagement>("ad.engagement", one => one.AdServingId == servingId).ShouldHaveSingleItem();

    /// <summary>Refused events are kept behind the answer's back, so they are waited for.</summary>
    public async Task<IReadOnlyList<BadEvent>> BadEventsAsync(int count, Func<BadEvent, bool> isWanted)
    {
        IReadOnlyList<BadEvent> found = [];
        await Poll.UntilAsync(() => (found = Stored("ad.bad", isWanted)).Count >= count, TimeSpan.FromSeconds(20), () => $"{count} bad events");
        found.Count.ShouldBe(count);
        return found;
    }

    /// <summary>The value of a metric by its line's start.</summary>
    public async Task<double> MetricAsync(string series)
    {
        var text = await Admin.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(series.Length + 1)..]);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Admin.Dispose();
        await _host.DisposeAsync();
        _ownDirectory?.Dispose();
    }

    private static T Decode<T>(TopicRecord record)
        where T : class, IAvroRecord<T>
    {
        ConfluentFrame.TryRead(record.Value, out _, out var payload).ShouldBeTrue();
        AvroRecord.TryDecode<T>(payload, out var value, out _).ShouldBeTrue();
        return value!;
    }
}
