using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Logging;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Events;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Finishing;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using AdTracking.SchemaRegistry;

namespace AdTracking.Emitter;

/// <summary>Emits ad events from within a program: checks them by the rules that the gateway applies, encodes them, and delivers them to
/// Kafka. Safe to use from any number of threads; one for the program's life. Disposal delivers what is still in the queue.</summary>
public sealed class AdEventEmitter : IAsyncDisposable
{
    // AdCOM's list has no number for an SDK; 502 is this project's.
    private const int TrackingMethodSdk = 502;

    [ThreadStatic]
    private static byte[]? ThreadScratch;

    private readonly EventPipeline _pipeline;
    private readonly AdEventEmitterOptions _options;
    private readonly HttpClient _http;
    private readonly byte[] _edgeId;
    private readonly int _emits;

    private AdEventEmitter(EventPipeline pipeline, AdEventEmitterOptions options, HttpClient http)
    {
        _pipeline = pipeline;
        _options = options;
        _http = http;
        _edgeId = Encoding.UTF8.GetBytes(options.EdgeId);
        _emits = options.Emits.Aggregate(0, (bits, topic) => bits | (1 << (int)topic));
    }

    /// <summary>Whether events can be taken, and what is wrong.</summary>
    public PipelineState State => _pipeline.State;

    /// <summary>Starts an emitter. Comes back after a few seconds even when Kafka or the registry is away; <see cref="State"/> says so
    /// then, and events are <see cref="EmitOutcome.NotReady"/> until both are there.</summary>
    /// <exception cref="KafkaConfigurationException">The options have problems; it lists them all.</exception>
    public static Task<AdEventEmitter> StartAsync(AdEventEmitterOptions options, CancellationToken cancellation = default) =>
        StartAsync(options, new HttpClient(), cancellation);

    internal static async Task<AdEventEmitter> StartAsync(AdEventEmitterOptions options, HttpClient http, CancellationToken cancellation)
    {
        try
        {
            if (options.Emits.Count == 0 || !options.Emits.All(EventTopics.IsEvent))
            {
                throw new KafkaConfigurationException(["Emits: must name impressions, clicks or engagements, and nothing else."]);
            }

            var registry = new SchemaRegistryClient(http, options.Registry, options.TimeProvider);
            var ids = RegistrySchemaIds.Create(registry, new RegistrySchemaIdsOptions
            {
                Schemas = [.. EventSchemaSources.Events(options.Topics).Where(schema => options.Emits.Contains(schema.Topic))],
                RegistryKey = options.Registry.AddressShown,
                AutoRegister = options.AutoRegister,
                CachePath = options.SchemaCachePath,
                Logger = options.Logger,
            });
            var pipeline = await EventPipeline.StartAsync(options.ToPipeline(ids), cancellation);
            return new AdEventEmitter(pipeline, options, http);
        }
        catch (KafkaConfigurationException wrong)
        {
            http.Dispose();
            throw new KafkaConfigurationException([.. wrong.Problems.Select(AdEventEmitterOptions.NameOf)]);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Emits an impression and waits until Kafka has acknowledged it, or, with a journal, until the journal has stored it, whichever
    /// happens first; at most until the deadline.</summary>
    public ValueTask<EmitResult> EmitAsync(in AdImpression impression) => EmitAsync(impression, EventTopic.Impression);

    /// <summary>Emits a click and waits as <see cref="EmitAsync(in AdImpression)"/> does.</summary>
    public ValueTask<EmitResult> EmitAsync(in AdClick click) => EmitAsync(click, EventTopic.Click);

    /// <summary>Emits an engagement and waits as <see cref="EmitAsync(in AdImpression)"/> does.</summary>
    public ValueTask<EmitResult> EmitAsync(in AdEngagement engagement) => EmitAsync(engagement, EventTopic.Engagement);

    /// <summary>Puts an impression into the queue and does not wait: its delivery is counted, and nobody is told.</summary>
    public EmitResult TryEmit(in AdImpression impression) => TryEmit(impression, EventTopic.Impression);

    /// <summary>Puts a click into the queue and does not wait.</summary>
    public EmitResult TryEmit(in AdClick click) => TryEmit(click, EventTopic.Click);

    /// <summary>Puts an engagement into the queue and does not wait.</summary>
    public EmitResult TryEmit(in AdEngagement engagement) => TryEmit(engagement, EventTopic.Engagement);

    /// <summary>What it holds and has done.</summary>
    public PipelineStats Snapshot() => _pipeline.Snapshot();

    /// <summary>Takes no more events and delivers those it has, up to <see cref="AdEventEmitterOptions.DrainDeadline"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _pipeline.DrainAsync(_options.DrainDeadline))
        {
            long left = 0;
            foreach (var topic in _pipeline.Snapshot().Topics)
            {
                left += topic.Waiting;
            }

            EmitterLog.DrainedInPart(_options.Logger, left);
        }

        await _pipeline.DisposeAsync();
        _http.Dispose();
    }

    private EmitResult TryEmit<T>(T record, EventTopic topic)
        where T : IEventRecord<T>
    {
        var result = Put(record, topic, out var group);
        return group is null ? result : result with { Outcome = OutcomeOf(_pipeline.TryAppend(group, null)) };
    }

    private ValueTask<EmitResult> EmitAsync<T>(T record, EventTopic topic)
        where T : IEventRecord<T>
    {
        var result = Put(record, topic, out var group);
        if (group is null)
        {
            return new ValueTask<EmitResult>(result);
        }

        var waiter = _pipeline.RentWaiter(eventCount: 1);
        var outcome = OutcomeOf(_pipeline.TryAppend(group, waiter));
        if (outcome == EmitOutcome.Queued)
        {
            return AwaitAsync(waiter, result);
        }

        _pipeline.Return(waiter);
        return new ValueTask<EmitResult>(result with { Outcome = outcome });
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<EmitResult> AwaitAsync(DeliveryWaiter waiter, EmitResult result)
    {
        var outcome = await waiter.WaitAsync();
        var one = waiter.Outcomes[0];
        _pipeline.Return(waiter);
        return result with { Outcome = OutcomeOf(outcome, one.Status), Partition = one.Partition, Offset = one.Offset };
    }

    // Checks and encodes the event into the thread's group buffer. Without a group the result says what is wrong.
    [SkipLocalsInit]
    private EmitResult Put<T>(T record, EventTopic topic, out GroupBuffer? group)
        where T : IEventRecord<T>
    {
        group = null;
        if ((_emits & (1 << (int)topic)) == 0)
        {
            ThrowNotEmitted(topic);
        }

        var view = new EventView(default, ThreadScratch ??= new byte[EventView.ScratchBytes]);
        if (!EventRecord.TryFill(record, ref view, out var fault))
        {
            return Invalid(fault, ref view);
        }

        var edge = new EdgeContext
        {
            ReceivedTsMs = _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
            EdgeId = _edgeId,
            TrackingMethod = TrackingMethodSdk,
        };
        if (!EventFinisher.Finish(ref view, in edge, out fault))
        {
            return Invalid(fault, ref view);
        }

        var buffer = _pipeline.BeginGroup();
        if (!buffer.TryBegin(topic, view.PartitionKey, out var value) || !view.TryEncode(value, out var written))
        {
            return Invalid(new EventFault(FaultCode.EventTooLarge), ref view);
        }

        buffer.Commit(written);
        group = buffer;
        return new EmitResult { Outcome = EmitOutcome.Queued, EventId = Encoding.UTF8.GetString(view.EventId) };
    }

    [DoesNotReturn]
    private static void ThrowNotEmitted(EventTopic topic) =>
        throw new InvalidOperationException($"{topic} is not among the event classes of AdEventEmitterOptions.Emits.");

    private static EmitResult Invalid(EventFault fault, ref EventView view) =>
        new() { Outcome = EmitOutcome.Invalid, Fault = fault.Code, Field = fault.FieldName(in view) };

    private static EmitOutcome OutcomeOf(Admission admission) => admission switch
    {
        Admission.Accepted => EmitOutcome.Queued,
        Admission.QueueFull or Admission.ShareExceeded => EmitOutcome.QueueFull,
        Admission.NotReady => EmitOutcome.NotReady,
        Admission.Draining => EmitOutcome.Stopped,
        _ => EmitOutcome.Invalid,
    };

    private static EmitOutcome OutcomeOf(WaitOutcome wait, EventOutcome status) => status switch
    {
        EventOutcome.Delivered => EmitOutcome.Delivered,
        EventOutcome.Synced or EventOutcome.Journaled => EmitOutcome.Journaled,
        EventOutcome.DeadLettered or EventOutcome.RefusedTwice => EmitOutcome.Refused,
        EventOutcome.FateUnknown => EmitOutcome.Unknown,
        _ => wait == WaitOutcome.Stopped ? EmitOutcome.Stopped : EmitOutcome.DeadlineExceeded,
    };
}
