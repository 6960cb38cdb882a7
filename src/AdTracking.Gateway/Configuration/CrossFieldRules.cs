using System.Buffers;
using System.Net;
using AdTracking.Gateway.Identity;
using AdTracking.Gateway.Redirect;
using AdTracking.Queue;

namespace AdTracking.Gateway.Configuration;

/// <summary>Rules over more than one setting, and over what an attribute cannot say.</summary>
internal static class CrossFieldRules
{
    /// <summary>librdkafka's own default for <c>message.max.bytes</c>.</summary>
    private const long MessageBytesMaxDefault = 1_000_000;

    /// <summary>Room in a message in addition to the event: key, framing, and what the gateway adds to it.</summary>
    private const int MessageOverheadBytes = 4_096;

    /// <summary>A file is deleted only when everything in it is done, so a journal of fewer files would be full with hardly any events.</summary>
    private const int SegmentsMin = 4;

    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    public static void Check(GatewayOptions options, List<string> problems)
    {
        CheckListeners(options, problems);
        CheckLimits(options, problems);
        CheckJournal(options, problems);
        CheckKafka(options, problems);
        CheckRegistry(options, problems);
        CheckTopics(options.Topics, problems);
        CheckLists(options, problems);
    }

    private static void CheckListeners(GatewayOptions options, List<string> problems)
    {
        CheckAddress("Http:Address", options.Http.Address, problems);
        CheckAddress("Admin:Address", options.Admin.Address, problems);
        if (options.Http.Port != 0 && options.Http.Port == options.Admin.Port)
        {
            problems.Add($"Admin:Port: {options.Admin.Port} is Http:Port already");
        }
    }

    private static void CheckAddress(string key, string value, List<string> problems)
    {
        if (value.Length > 0 && !IPAddress.TryParse(value, out _))
        {
            problems.Add($"{key}: '{value}' is not an IP address (0.0.0.0 listens on all)");
        }
    }

    private static void CheckLimits(GatewayOptions options, List<string> problems)
    {
        var limits = options.Limits;
        NotAbove("Limits:EventBytesMax", limits.EventBytesMax, "Limits:BeaconBytesMax", limits.BeaconBytesMax, problems);
        NotAbove("Limits:BeaconBytesMax", limits.BeaconBytesMax, "Limits:BodyBytesMax", limits.BodyBytesMax, problems);
        NotAbove("Limits:BodyBytesMax", limits.BodyBytesMax, "Limits:DecompressedBytesMax", limits.DecompressedBytesMax, problems);
        NotAbove("Limits:RequestLineBytesMax", limits.RequestLineBytesMax, "Limits:HeaderBytesMax", limits.HeaderBytesMax, problems);
        NotAbove("Kafka:TickMs", options.Kafka.TickMs, "Kafka:TickMsMax", options.Kafka.TickMsMax, problems);
        NotAbove("Kafka:TickMsMax", options.Kafka.TickMsMax, "Http:RequestDeadlineMs", options.Http.RequestDeadlineMs, problems);
        NotAbove("Http:ClickWaitMs", options.Http.ClickWaitMs, "Http:RequestDeadlineMs", options.Http.RequestDeadlineMs, problems);
    }

    private static void CheckJournal(GatewayOptions options, List<string> problems)
    {
        var journal = options.Journal;
        if (journal.BytesMax / SegmentsMin < journal.SegmentBytes)
        {
            problems.Add($"Journal:BytesMax: {journal.BytesMax} is less than {SegmentsMin} times Journal:SegmentBytes, {journal.SegmentBytes}");
        }

        if (options.Http.Ack == AckLevel.Kafka)
        {
            return;
        }

        if (options.Kafka.TickMsMax >= journal.SyncAfterMs)
        {
            problems.Add($"Journal:SyncAfterMs: {journal.SyncAfterMs} is not more than Kafka:TickMsMax, {options.Kafka.TickMsMax}: "
                + "every event would be written to the disk before Kafka could have it");
        }

        if (journal.SyncAfterMs >= options.Http.RequestDeadlineMs)
        {
            problems.Add($"Http:RequestDeadlineMs: {options.Http.RequestDeadlineMs} is not more than Journal:SyncAfterMs, {journal.SyncAfterMs}: "
                + "no request would wait long enough for the journal");
        }
    }

    private static void NotAbove(string smaller, long value, string larger, long limit, List<string> problems)
    {
        if (value > limit)
        {
            problems.Add($"{smaller}: {value} is more than {larger}, {limit}");
        }
    }

    private static void CheckKafka(GatewayOptions options, List<string> problems)
    {
        var properties = options.Kafka.Properties;
        var messageBytesMax = MessageBytesMaxDefault;
        if (properties.TryGetValue("message.max.bytes", out var text) && !long.TryParse(text, out messageBytesMax))
        {
            problems.Add($"Kafka:Properties:message.max.bytes: '{text}' is not a whole number");
            return;
        }

        if (options.Limits.EventBytesMax + MessageOverheadBytes > messageBytesMax)
        {
            problems.Add($"Limits:EventBytesMax: {options.Limits.EventBytesMax} and {MessageOverheadBytes} for what is added "
                + $"is more than Kafka:Properties:message.max.bytes, {messageBytesMax}");
        }

        if (options.Limits.BadBodyBytesMax + options.Limits.RequestLineBytesMax + MessageOverheadBytes > messageBytesMax)
        {
            problems.Add($"Limits:BadBodyBytesMax: {options.Limits.BadBodyBytesMax}, Limits:RequestLineBytesMax and "
                + $"{MessageOverheadBytes} for what is added is more than Kafka:Properties:message.max.bytes, {messageBytesMax}");
        }

        var idempotent = !properties.TryGetValue("enable.idempotence", out var flag) || bool.TryParse(flag, out var on) && on;
        if (idempotent && properties.TryGetValue("acks", out var acks) && acks is not ("all" or "-1"))
        {
            problems.Add($"Kafka:Properties:acks: '{acks}' goes against enable.idempotence, which implies acks=all");
        }
    }

    private static void CheckRegistry(GatewayOptions options, List<string> problems)
    {
        var registry = options.Registry;
        if (registry.IsEmbedded)
        {
            if (!options.Kafka.IsEmbedded && !registry.Embedded)
            {
                problems.Add("Registry:Url: must be set when Kafka:BootstrapServers is "
                    + "(or set Registry:Embedded=true to keep the schemas in this gateway's data directory)");
            }
        }
        else
        {
            if (registry.Embedded)
            {
                problems.Add("Registry:Embedded: cannot be true when Registry:Url is set");
            }

            foreach (var address in registry.Addresses().DefaultIfEmpty(registry.Url))
            {
                CheckUrl("Registry:Url", address, problems);
            }
        }

        if (registry.Username.Length > 0 != registry.PasswordFile.Length > 0)
        {
            problems.Add("Registry:Username and Registry:PasswordFile: set both or neither");
        }
        else if (registry.PasswordFile.Length > 0 && registry.BearerTokenFile.Length > 0)
        {
            problems.Add("Registry:PasswordFile and Registry:BearerTokenFile: set one of them");
        }

        CheckFile("Registry:PasswordFile", registry.PasswordFile, problems);
        CheckFile("Registry:BearerTokenFile", registry.BearerTokenFile, problems);
        CheckFile("Registry:CaFile", registry.CaFile, problems);
    }

    private static void CheckFile(string key, string path, List<string> problems)
    {
        if (path.Length > 0 && !File.Exists(path))
        {
            problems.Add($"{key}: '{path}' does not exist");
        }
    }

    private static void CheckUrl(string key, string value, List<string> problems)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            problems.Add($"{key}: '{value}' is not an http or https address");
        }
        else if (url.UserInfo.Length > 0)
        {
            problems.Add($"{key}: must not carry a user name or password");
        }
    }

    private static void CheckTopics(TopicOptions topics, List<string> problems)
    {
        string[] names = [topics.Impression, topics.Click, topics.Engagement, topics.Bad, topics.Audit];
        foreach (var twice in names.CountBy(name => name).Where(entry => entry.Value > 1))
        {
            problems.Add($"Topics: '{twice.Key}' stands for {twice.Value} topics");
        }
    }

    private static void CheckLists(GatewayOptions options, List<string> problems)
    {
        problems.AddRange(options.Proxies.Trusted.Where(entry => !TrustedProxies.TryParse(entry, out _))
            .Select(entry => $"Proxies:Trusted: '{entry}' is not an address or a CIDR range"));
        problems.AddRange(options.Click.AllowedHosts.Where(entry => !AllowedHost.TryParse(entry, out _))
            .Select(entry => $"Click:AllowedHosts: '{entry}' is not a host name, '*.' and a host name, or either with a port"));
        problems.AddRange(options.Http.PixelPrefixes.Where(entry => !IsPixelPrefix(entry))
            .Select(entry => $"Http:PixelPrefixes: '{entry}' is not a path such as /t"));
        if (options.Otlp.Endpoint.Length > 0)
        {
            CheckUrl("Otlp:Endpoint", options.Otlp.Endpoint, problems);
        }
    }

    private static bool IsPixelPrefix(string entry) =>
        entry.Length > 1 && entry[0] == '/' && entry[^1] != '/' && entry != "/v1" && !entry.AsSpan().ContainsAnyExcept(PathCharacters);
}
