using System.Text;
using AdTracking.Gateway.Storage;
using AdTracking.Queue.Journal;

namespace AdTracking.Gateway.Hosting;

/// <summary>What somebody who starts the gateway without a Kafka has to know, and can try.</summary>
internal static class StartupNotice
{
    public static string Describe(GatewayFile addresses, bool isKafkaEmbedded, string directory, JournalStats? journal)
    {
        var text = new StringBuilder();
        if (isKafkaEmbedded)
        {
            text.AppendLine("""

                ==============================================================================
                  FOR DEVELOPMENT: Kafka and Schema Registry are embedded in this process.
                  Events are kept in its memory (5 MiB a partition, no replicas) and are gone
                  when it ends. Schemas and their ids stay in the data directory.
                  A real Kafka: --Kafka:BootstrapServers=... --Registry:Url=... --Data:Directory=...
                ==============================================================================
                """);
        }

        text.AppendLine($"  intake    {addresses.Http}");
        text.AppendLine($"  admin     {addresses.Admin}   (/health /ready /metrics /status)");
        text.AppendLine($"  kafka     {addresses.Kafka}");
        text.AppendLine($"  registry  {addresses.Registry}");
        text.AppendLine($"  data      {directory}");
        if (journal is not null)
        {
            text.AppendLine($"  journal   {Backlog(journal)}");
        }

        text.AppendLine($$"""

              Try, in a second terminal:
                bin/adtracking tail --from-beginning
                curl -i '{{addresses.Http}}/v1/i?asid=serving-1&pub=publisher-1&p=1.25&cur=USD'
                curl -i {{addresses.Http}}/v1/events -H 'Content-Type: application/json' \
                  -d '{"event_name":"firstQuartile","ad_serving_id":"serving-1","publisher_id":"publisher-1"}'
              Ctrl-C drains and ends it.
            """);
        return text.ToString();
    }

    private static string Backlog(JournalStats journal) => journal switch
    {
        { UnreadSegments: > 0 } => $"{journal.Segments} files of the run before, {journal.Bytes} bytes; they are being read",
        { WaitingEvents: 0 } => "nothing waiting",
        _ => $"{journal.WaitingEvents} events waiting in {journal.Segments} files, {journal.QuestionableEvents} of them to be looked for in Kafka first",
    };
}
