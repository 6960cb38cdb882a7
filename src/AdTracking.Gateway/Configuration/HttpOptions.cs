using System.ComponentModel.DataAnnotations;
using AdTracking.Queue;

namespace AdTracking.Gateway.Configuration;

/// <summary>The public listener.</summary>
internal sealed class HttpOptions
{
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>0 takes a free port.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 8080;

    /// <summary>When the answer is sent.</summary>
    public AckLevel Ack { get; set; } = AckLevel.Durable;

    /// <summary>How long a request waits for Kafka or the journal before its events are answered with <c>retry</c>.</summary>
    [Range(10, 300_000)]
    public int RequestDeadlineMs { get; set; } = 10_000;

    /// <summary>How long a click waits to be stored before the user is redirected anyway.</summary>
    [Range(0, 10_000)]
    public int ClickWaitMs { get; set; } = 50;

    /// <summary>Further path prefixes under which the two pixels answer, in addition to <c>/v1</c>.</summary>
    public List<string> PixelPrefixes { get; } = [];

    /// <summary>Threads that wait for sockets. One is cheapest up to what one core can carry; request work runs on them.</summary>
    [Range(1, 64)]
    public int SocketThreads { get; set; } = 1;
}
