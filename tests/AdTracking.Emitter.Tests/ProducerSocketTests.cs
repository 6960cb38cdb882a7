using System.Globalization;
using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>Nothing follows after a kill: the producer's sockets drop what they have not sent.</summary>
public sealed class ProducerSocketTests
{
    private const int InternetProtocol = 2;
    private const int Stream = 1;

    [Fact]
    public void Open_Socket_LingersForNoTimeAndIsClosedOnExec()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var handle = Open(InternetProtocol);
        using var socket = new System.Net.Sockets.Socket(new System.Net.Sockets.SafeSocketHandle(handle, ownsHandle: true));
        ProducerSocket.LingerOf(handle).ShouldBe((true, 0));

        // The flags are octal; O_CLOEXEC is 02000000.
        var flags = File.ReadLines($"/proc/self/fdinfo/{handle}").Single(line => line.StartsWith("flags:", StringComparison.Ordinal));
        (Convert.ToInt32(flags[6..].Trim(), 8) & 0x80000).ShouldNotBe(0);
    }

    [Fact]
    public void Open_NoSuchProtocolFamily_IsRefused() => Open(9_999).ShouldBe(-1);

    [Fact]
    public async Task Pipeline_ConnectedProducer_HasSuchSockets()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var kafka = EmbeddedKafka.Start(new TopicNames(), 1);
        var options = new PipelineOptions
        {
            BootstrapServers = kafka.BootstrapServers,
            Producer = ProducerKind.Librdkafka,
            SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
            RequestDeadline = TimeSpan.FromSeconds(30),
        };
        await using var pipeline = await EventPipeline.StartAsync(options);
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(EventTopic.Click, "key"u8, out var value).ShouldBeTrue();
        group.Commit(Encoding.UTF8.GetBytes("value", value));
        var waiter = pipeline.RentWaiter(1);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        await waiter.WaitAsync();
        waiter.Outcomes[0].Status.ShouldBe(EventOutcome.Delivered);
        pipeline.Return(waiter);

        var port = kafka.BootstrapServers[(kafka.BootstrapServers.LastIndexOf(':') + 1)..].Split(',')[0];
        var toBroker = ConnectionsTo(int.Parse(port, CultureInfo.InvariantCulture));
        var lingering = new List<int>();
        foreach ((var handle, var inode) in Sockets())
        {
            if (toBroker.Contains(inode) && ProducerSocket.LingerOf(handle) == (true, 0))
            {
                lingering.Add(handle);
            }
        }

        lingering.ShouldNotBeEmpty();
    }

    private static unsafe int Open(int domain)
    {
        delegate* unmanaged[Cdecl]<int, int, int, nint, int> open = &ProducerSocket.Open;
        return open(domain, Stream, 0, 0);
    }

    // Inodes of sockets whose peer is the port: /proc/net/tcp's third column is the peer, its tenth the inode.
    private static HashSet<string> ConnectionsTo(int port) =>
    [
        .. File.ReadLines("/proc/self/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[2].EndsWith($":{port:X4}", StringComparison.Ordinal))
            .Select(columns => columns[9]),
    ];

    private static IEnumerable<(int Handle, string Inode)> Sockets()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            var target = new FileInfo(path).LinkTarget;
            if (target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
            {
                yield return (int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), target["socket:[".Length..^1]);
            }
        }
    }
}
