using System.Net;
using System.Net.Sockets;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>The question about topics while nobody answers it.</summary>
public sealed class TopicAdminTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ensure_EndedWhileNobodyAnswers_DoesNotWaitForItsLimit(bool isImpatient)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = new CancellationTokenSource();

        Task<TopicReport> asking = TopicAdmin.EnsureAsync(
            new TopicAdminOptions { BootstrapServers = $"{silent.LocalEndpoint}", Timeout = s_limit * 2, IsImpatient = isImpatient }, stop.Token);
        using TcpClient asked = await silent.AcceptTcpClientAsync();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Ensure_NobodyListens_ImpatientSaysSoBeforeItsLimit()
    {
        var options = new TopicAdminOptions { BootstrapServers = $"127.0.0.1:{FreePorts.Take()}", Timeout = s_limit * 2, IsImpatient = true };

        TopicReport report = await TopicAdmin.EnsureAsync(options).WaitAsync(s_limit);

        report.Reachable.ShouldBeFalse();
        report.Problems.ShouldHaveSingleItem().ShouldContain(options.BootstrapServers);
    }
}
