using AdTracking.Avro.Framing;
using AdTracking.Avro.Records;
using AdTracking.Avro.Schemas;
using AdTracking.Emitter;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.SchemaRegistry;

namespace AdTracking.Cli.Verifying;

/// <summary>Reads the ledger, then the topics, and compares them cell by cell. In that order: what comes in between is only more.
/// A running gateway is asked before and after the topics are read, for what it has not published yet.</summary>
internal sealed class Verification(VerifyOptions options, TimeProvider clock) : IDisposable
{
    private static readonly EventTopic[] Compared = [EventTopic.Impression, EventTopic.Click, EventTopic.Engagement, EventTopic.Bad];

    private readonly HttpClient _http = new();
    private readonly TopicScan _scan = new(options.BootstrapServers);
    private readonly Account _account = new(clock.GetUtcNow());
    private readonly Dictionary<CellKey, CellRecords> _records = [];
    private readonly int _from = (int)(options.From.ToUnixTimeSeconds() / 60);
    private readonly int _to = (int)(options.To.ToUnixTimeSeconds() / 60);
    private long _unreadable;

    /// <summary>The comparison.</summary>
    public async Task<VerifyReport> RunAsync(CancellationToken cancellation)
    {
        using var facts = new RecordFacts(new SchemaRegistryClient(_http, new SchemaRegistryOptions { BaseAddress = options.Registry }));
        await ReadLedgerAsync(facts, cancellation);
        if (await AskGatewayAsync(cancellation) is { Ledger: var live, Entries: var entries })
        {
            _account.AddLive(live.EdgeId, live.InstanceId, entries);
        }

        foreach (var topic in Compared)
        {
            await ReadEventsAsync(topic, facts, cancellation);
        }

        if (await AskGatewayAsync(cancellation) is { Entries: var later })
        {
            _account.AddLiveAfter(later);
        }

        var keys = _account.Cells.Keys.Where(key => key.Class != "unknown").Union(_records.Keys);
        List<CellVerdict> verdicts =
            [.. keys.OrderBy(key => key.Edge).ThenBy(key => key.Minute).ThenBy(key => key.Class).ThenBy(key => key.Bucket)
                .Select(key => _account.Judge(key, _records.GetValueOrDefault(key)))];
        return new VerifyReport(options, _account, verdicts, _unreadable);
    }

    public void Dispose()
    {
        _scan.Dispose();
        _http.Dispose();
    }

    private async Task<(LiveLedger Ledger, List<LedgerEntry> Entries)?> AskGatewayAsync(CancellationToken cancellation)
    {
        if (options.Admin is not { } admin)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var live = await LiveLedger.AskAsync(_http, admin, options.From, now, cancellation);
        return (live, [.. live.Entries(now).Where(entry => IsWanted(entry.EdgeId, (int)(entry.MinuteTs.ToUnixTimeSeconds() / 60)))]);
    }

    private async Task ReadLedgerAsync(RecordFacts facts, CancellationToken cancellation)
    {
        var decoders = new Dictionary<AvroSchema, ResolvingDecoder<LedgerEntry>>(ReferenceEqualityComparer.Instance);
        foreach (var record in _scan.Read(options.Topics.Audit, options.From))
        {
            cancellation.ThrowIfCancellationRequested();
            var value = record.Message.Value;
            if (await facts.SchemaOfAsync(value, cancellation) is not { } schema || !TryDecode(decoders, schema, value, out var entry))
            {
                _unreadable++;
            }
            else if (IsWanted(entry.EdgeId, (int)(entry.MinuteTs.ToUnixTimeSeconds() / 60)))
            {
                _account.Add(entry);
            }
        }

        foreach (var decoder in decoders.Values)
        {
            decoder.Dispose();
        }
    }

    private static bool TryDecode(
        Dictionary<AvroSchema, ResolvingDecoder<LedgerEntry>> decoders, AvroSchema schema, byte[] value, out LedgerEntry entry)
    {
        if (!decoders.TryGetValue(schema, out var decoder))
        {
            decoders.Add(schema, decoder = new ResolvingDecoder<LedgerEntry>(schema));
        }

        var isRead = decoder.TryDecode(value.AsSpan(ConfluentFrame.HeaderLength), out var found, out _);
        entry = found!;
        return isRead;
    }

    private async Task ReadEventsAsync(EventTopic topic, RecordFacts facts, CancellationToken cancellation)
    {
        foreach (var record in _scan.Read(options.Topics[topic], options.From))
        {
            cancellation.ThrowIfCancellationRequested();
            var value = record.Message.Value;
            if (await facts.SchemaOfAsync(value, cancellation) is null || !facts.TryRead(value, out var receivedMs, out var edge, out var publisher))
            {
                _unreadable++;
                continue;
            }

            var minute = (int)(receivedMs / 60_000);
            if (!IsWanted(edge, minute))
            {
                continue;
            }

            var key = new CellKey(edge, minute, topic.Tag(), PublisherBuckets.Tag(PublisherBuckets.Of(publisher)));
            if (!_records.TryGetValue(key, out var cell))
            {
                _records.Add(key, cell = new CellRecords());
            }

            cell.Add(record.Message.Key, value);
        }
    }

    private bool IsWanted(string edge, int minute) => minute >= _from && minute < _to && (options.Edge is null || edge == options.Edge);
}
