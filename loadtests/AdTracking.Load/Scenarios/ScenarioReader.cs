using System.Text.Json;

namespace AdTracking.Load.Scenarios;

/// <summary>Reads a scenario file. Every problem is reported at once, with its path.</summary>
internal static class ScenarioReader
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    /// <summary>The names of thresholds.</summary>
    public static IReadOnlyList<string> ThresholdNames { get; } =
        ["p50MsMax", "p90MsMax", "p99MsMax", "p999MsMax", "maxMsMax", "failedShareMax", "requestsPerSecondMin"];

    /// <summary>The scenario, or null when there are problems.</summary>
    public static Scenario? Read(string json, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        problems = found;
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                found.Add("a scenario must be an object");
                return null;
            }

            var scenario = ReadRoot(new JsonFields(document.RootElement, "", found));
            return found.Count == 0 ? scenario : null;
        }
        catch (JsonException wrong)
        {
            found.Add($"line {wrong.LineNumber + 1}: {wrong.Message}");
            return null;
        }
    }

    private static Scenario ReadRoot(JsonFields root)
    {
        var scenario = new Scenario(
            root.Text("name"), (int)root.Whole("connections", 1, 10_000, 64), root.Flag("keepAlive", true),
            (int)root.Whole("timeoutMs", 1, 600_000, 15_000), root.Whole("seed", 0, 1L << 48, 0),
            [.. root.Objects("steps").Select(ReadStep)], [.. root.Objects("loadSimulations").Select(ReadSimulation)], [.. ReadThresholds(root)]);
        if (scenario.Load.Count > 1 && scenario.Load.Any(simulation => simulation.Kind == SimulationKind.KeepConstant))
        {
            root.Problem("loadSimulations", "keepConstant must be the only one");
        }

        if (scenario.Load.All(simulation => simulation.Kind != SimulationKind.KeepConstant)
            && scenario.Load.Sum(simulation => (simulation.From + simulation.Rate) / 2 * simulation.Seconds) < 1)
        {
            root.Problem("loadSimulations", "make no request");
        }

        root.RefuseOthers();
        return scenario;
    }

    private static Step ReadStep(JsonFields fields)
    {
        var body = fields.Get("body");
        var step = new Step(
            fields.Text("name"), (int)fields.Whole("weight", 1, 1_000_000, 1), fields.Text("method", "GET"), fields.Text("path"),
            [.. ReadHeaders(fields)],
            body is null ? "" : body.Value.ValueKind == JsonValueKind.String ? body.Value.GetString()! : JsonSerializer.Serialize(body.Value),
            (int)fields.Whole("repeat", 1, 100_000, 1));
        if (step.Path.Length > 0 && (step.Path[0] != '/' || step.Path.Any(sign => sign is <= ' ' or > '~')))
        {
            fields.Problem("path", "must begin with / and have visible ASCII only");
        }

        if (step.Method == "HEAD" || step.Method.Any(sign => !char.IsAsciiLetterUpper(sign)))
        {
            fields.Problem("method", "must be a method in capitals, and not HEAD");
        }

        if (step.Repeat > 1 && step.Body.Length == 0)
        {
            fields.Problem("repeat", "needs a body");
        }

        fields.RefuseOthers();
        return step;
    }

    private static IEnumerable<KeyValuePair<string, string>> ReadHeaders(JsonFields fields)
    {
        if (fields.Get("headers") is not { } headers)
        {
            yield break;
        }

        if (headers.ValueKind != JsonValueKind.Object)
        {
            fields.Problem("headers", "must be an object");
            yield break;
        }

        foreach (var header in headers.EnumerateObject())
        {
            var value = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : null;
            if (value is null || value.Any(sign => sign is < ' ' or > '~') || header.Name.Any(sign => sign is <= ' ' or ':' or > '~'))
            {
                fields.Problem($"headers.{header.Name}", "must be a header of visible ASCII");
            }
            else
            {
                yield return new(header.Name, value);
            }
        }
    }

    private static LoadSimulation ReadSimulation(JsonFields fields)
    {
        const double RateMax = 10_000_000;
        var name = fields.Text("kind");
        var seconds = fields.Number("seconds", 0.001, 604_800);
        var (kind, from, rate) = name switch
        {
            "inject" => (SimulationKind.Inject, double.NaN, fields.Number("rate", 0.001, RateMax)),
            "rampingInject" => (SimulationKind.RampingInject, fields.Number("from", 0, RateMax, 0), fields.Number("rate", 0, RateMax)),
            "pause" => (SimulationKind.Pause, 0, 0),
            "keepConstant" => (SimulationKind.KeepConstant, 0, 0),
            _ => (SimulationKind.Pause, 0d, -1d),
        };
        if (rate < 0)
        {
            fields.Problem("kind", "must be inject, rampingInject, pause or keepConstant");
        }

        fields.RefuseOthers();
        return new LoadSimulation(kind, double.IsNaN(from) ? rate : from, rate, seconds);
    }

    private static IEnumerable<Threshold> ReadThresholds(JsonFields root)
    {
        if (root.Get("thresholds") is not { } thresholds)
        {
            yield break;
        }

        if (thresholds.ValueKind != JsonValueKind.Object)
        {
            root.Problem("thresholds", "must be an object");
            yield break;
        }

        foreach (var row in thresholds.EnumerateObject())
        {
            if (!ThresholdNames.Contains(row.Name))
            {
                root.Problem($"thresholds.{row.Name}", "is not known; known are " + string.Join(", ", ThresholdNames));
            }
            else if (row.Value.ValueKind != JsonValueKind.Number || row.Value.GetDouble() < 0)
            {
                root.Problem($"thresholds.{row.Name}", "must be a number from 0");
            }
            else
            {
                yield return new Threshold(row.Name, row.Value.GetDouble());
            }
        }
    }
}
