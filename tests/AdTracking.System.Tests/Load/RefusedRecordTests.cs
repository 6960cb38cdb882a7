using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdTracking.Events;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Load;

/// <summary>One event among a hundred is valid, and Kafka refuses its record for good: the others are stored, and it alone is in the
/// bad-events topic.</summary>
[Collection(RealParts.Name)]
public sealed class RefusedRecordTests(RealParts parts)
{
    private const int Events = 100;
    private const int Large = 57;
    private const int FrameBytes = 5;

    /// <summary>As many as an event may have beside the named ones.</summary>
    private const int Fields = 16;

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Post_OneTooLargeForItsTopic_OthersAreStoredAndItIsDeadLetteredWithReasonAndBytes()
    {
        var topics = new Topics("refused.");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        await using var gateway = await GatewayProcess.StartAsync(topics.Settings(kafka.BootstrapServers, registry.Url));
        await kafka.ConfigureTopicAsync(topics.Impression, "max.message.bytes", "3000");
        using var http = new HttpClient();

        using var answer = await http.PostAsJsonAsync(new Uri(gateway.Http, "/v1/events"), new JsonArray([.. Enumerable.Range(0, Events).Select(Event)]));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        var results = json.RootElement.GetProperty("results").EnumerateArray().ToList();
        results.Count.ShouldBe(Events);
        // Kafka's refusal came before the journal's sync, or after it.
        foreach (var result in results.Where(result => result.GetProperty("i").GetInt32() != Large))
        {
            result.GetProperty("outcome").GetString().ShouldBe("accepted");
        }

        if (results[Large].GetProperty("outcome").GetString() == "accepted")
        {
            results[Large].GetProperty("durability").GetString().ShouldBe("synced");
        }
        else
        {
            results[Large].GetProperty("code").GetString().ShouldBe("kafka_rejected");
        }

        await using (var follower = TopicFollower.Start(gateway.Addresses.Kafka, topics.Bad))
        {
            await follower.WaitForCountAsync(1, TimeSpan.FromSeconds(30));
        }

        await CheckLedgerAsync(gateway, http);
        TopicReader.Count(gateway.Addresses.Kafka, topics.Impression).ShouldBe(Events - 1);
        Check(TopicReader.ReadToEnd(gateway.Addresses.Kafka, topics.Bad).ShouldHaveSingleItem(), topics, gateway);
    }

    private static void Check(TopicRecord record, Topics topics, GatewayProcess gateway)
    {
        BadEvent.TryDecode(record.Value.AsSpan(FrameBytes), out var bad).ShouldBeTrue();
        bad!.FailureCode.ShouldBe(FailureCode.KafkaRejected);
        bad.FailureMessage!.ShouldContain("MSG_SIZE_TOO_LARGE");
        bad.Headers["kafka-topic"].ShouldBe(topics.Impression);
        bad.Headers["kafka-key"].ShouldBe($"as-{Large}");
        // Its bytes are the record that Kafka refused: frame and Avro, complete, of the event that was sent.
        AdImpression.TryDecode(bad.Body!.Value.Span[FrameBytes..], out var sent).ShouldBeTrue(gateway.Output);
        sent!.EventId.ShouldBe($"refused-{Large}");
        sent.Ext.Count.ShouldBe(Fields);
    }

    private static Task CheckLedgerAsync(GatewayProcess gateway, HttpClient http) => Poll.UntilAsync(
        async () =>
        {
            var page = PrometheusPage.Parse(await http.GetStringAsync(new Uri(gateway.Admin, "/metrics")));
            return page.Sum("adtracking_ledger_delivered_total") >= Events - 1 && page.Sum("adtracking_ledger_dead_lettered_total") == 1;
        },
        TimeSpan.FromSeconds(30),
        () => "one dead-lettered event in the ledger");

    private static JsonNode Event(int i)
    {
        var one = new JsonObject
        {
            ["event_name"] = "impression",
            ["event_id"] = $"refused-{i}",
            ["ad_serving_id"] = $"as-{i}",
            ["publisher_id"] = "pub-1",
        };
        var random = new Random(7);
        if (i == Large)
        {
            for (var field = 0; field < Fields; field++)
            {
                var bytes = new byte[192];
                random.NextBytes(bytes);
                one[$"x{field}"] = Convert.ToBase64String(bytes); // 256 characters that do not compress
            }
        }

        return one;
    }
}
