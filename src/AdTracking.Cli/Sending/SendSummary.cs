using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AdTracking.Cli.Sending;

/// <summary>Outcomes of a run, counted as answers come in; safe for several connections.</summary>
internal sealed class SendSummary(string kind)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private int _events;
    private int _requests;

    /// <summary>Events that the gateway has said anything about.</summary>
    public int Answered
    {
        get
        {
            lock (_lock)
            {
                return _events - Of("failed");
            }
        }
    }

    /// <summary>Events that are durable.</summary>
    public int Accepted
    {
        get
        {
            lock (_lock)
            {
                return Of("accepted") + Of("duplicate");
            }
        }
    }

    /// <summary>Time from the first request to the last answer.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Counts one request.</summary>
    public void AddRequest()
    {
        lock (_lock)
        {
            _requests++;
        }
    }

    /// <summary>Counts events with one outcome: accepted, duplicate, rejected, retry, or failed (no answer).</summary>
    public void Add(string outcome, string? code, int events = 1)
    {
        lock (_lock)
        {
            _events += events;
            _outcomes[outcome] = Of(outcome) + events;
            if (code is not null)
            {
                _codes[code] = _codes.GetValueOrDefault(code) + events;
            }
        }
    }

    /// <summary>One JSON object on one line.</summary>
    public string ToJson()
    {
        lock (_lock)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                Write(json);
            }

            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
    }

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            return $"{_events} sent, {Of("accepted")} accepted, {_events - Of("accepted")} otherwise";
        }
    }

    private int Of(string outcome) => _outcomes.GetValueOrDefault(outcome);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("event", kind);
        json.WriteNumber("sent", _events);
        foreach (var outcome in (string[])["accepted", "duplicate", "rejected", "retry", "failed"])
        {
            json.WriteNumber(outcome, Of(outcome));
        }

        json.WriteNumber("requests", _requests);
        json.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, 3));
        json.WriteStartObject("codes");
        foreach (var (code, count) in _codes)
        {
            json.WriteNumber(code, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
