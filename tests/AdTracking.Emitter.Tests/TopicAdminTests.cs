using System.Net;
using System.Net.Sockets;
using AdTracking.Emitter.Kafka;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>The question about topics while nobody answers it.</summary>
public sealed class TopicAdminTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ensure_EndedWhileNobodyAnswers_DoesNotWaitForItsLimit(bool isImpatient)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = new CancellationTokenSource();

        var asking = TopicAdmin.EnsureAsync(
            new TopicAdminOptions { BootstrapServers = $"{silent.LocalEndpoint}", Timeout = Limit * 2, IsImpatient = isImpatient }, stop.Token);
        using var asked = await silent.AcceptTcpClientAsync();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(Limit));
    }

    [Fact]
    public async Task Ensure_NobodyListens_ImpatientSaysSoBeforeItsLimit()
    {
        var options = new TopicAdminOptions { BootstrapServers = $"127.0.0.1:{FreePorts.Take()}", Timeout = Limit * 2, IsImpatient = true };

        var report = await TopicAdmin.EnsureAsync(options).WaitAsync(Limit);

        report.Reachable.ShouldBeFalse();
        report.Problems.ShouldHaveSingleItem().ShouldContain(options.BootstrapServers);
    }
}
