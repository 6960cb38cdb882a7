using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Accounting;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AdTracking.Gateway.Tests.Accounting;

public sealed class LedgerPublisherTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 30, TimeSpan.Zero);
    private static readonly int Minute = (int)(Start.ToUnixTimeSeconds() / 60);

    private readonly TemporaryDirectory _directory = new("ledger");
    private readonly FakeTimeProvider _clock = new(Start);
    private readonly Ledger _ledger = new();
    private readonly List<LedgerEntry> _stored = [];
    private bool _isStoreDown;

    private string NotePath => _directory.PathOf("ledger.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Publish_WhatHasChanged_AndNothingElse()
    {
        await using var publisher = Begin();
        Accept(2);
        await publisher.PublishAsync();
        await publisher.PublishAsync();
        Deliver(2);
        await publisher.PublishAsync();
        _clock.Advance(TimeSpan.FromMinutes(3));
        await publisher.PublishAsync();
        await publisher.PublishAsync();

        _stored.Select(entry => (entry.State, entry.Accepted, entry.Delivered, entry.WaitingMemory))
            .ShouldBe([(LedgerState.Open, 2, 0, 2), (LedgerState.Open, 2, 2, 0), (LedgerState.Closed, 2, 2, 0)]);
        _stored.Select(entry => entry.Revision).ShouldBeInOrder();
        _stored.Select(entry => entry.Revision).ShouldBeUnique();
        _stored.ShouldAllBe(entry => entry.EventClass == LedgerClass.Click && entry.PublisherBucket == "b02" && entry.EdgeId == "edge-1");
        _stored.ShouldAllBe(entry => entry.MinuteTs == new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Publish_StoreIsDown_TriesAgainTheNextTime()
    {
        await using var publisher = Begin();
        Accept(1);
        _isStoreDown = true;
        (await publisher.PublishAsync()).ShouldBeFalse();
        _isStoreDown = false;
        (await publisher.PublishAsync()).ShouldBeTrue();

        _stored.ShouldHaveSingleItem().Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Publish_WhileEventsWait_TheMinuteStaysOpen()
    {
        await using var publisher = Begin();
        Accept(3);
        _ledger.Count(Minute, EventTopic.Click, 3, LedgerColumn.WaitingJournal, 2);
        _clock.Advance(TimeSpan.FromHours(5));
        await publisher.PublishAsync();

        var entry = _stored.ShouldHaveSingleItem();
        entry.State.ShouldBe(LedgerState.Open);
        entry.WaitingMemory.ShouldBe(1);
        entry.WaitingJournal.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_RejectedAndLost_NameTheirReasons()
    {
        await using var publisher = Begin();
        _ledger.CountRejected(Minute, Ledger.UnknownClass, 0, FaultCode.MalformedJson, 2);
        _ledger.Count(Minute, EventTopic.Click, 0, EventOutcome.ClickNotStored);
        _ledger.Count(Minute, EventTopic.Audit, 0, LedgerColumn.Accepted);
        await publisher.PublishAsync();

        _stored.Count.ShouldBe(2);
        _stored[0].Lost["click_not_stored"].ShouldBe(1);
        _stored[1].EventClass.ShouldBe(LedgerClass.Unknown);
        _stored[1].PublisherBucket.ShouldBe("none");
        _stored[1].Rejected["malformed_json"].ShouldBe(2);
    }

    [Theory]
    [InlineData(true, 1, 0)]
    [InlineData(false, 0, 1)]
    public async Task Finish_SomethingWaits_IsLeftToTheJournalOrLost(bool journals, long waiting, long lost)
    {
        await using (var publisher = Begin(journals))
        {
            Accept(4);
            Deliver(3);
            await publisher.FinishAsync(TimeSpan.Zero);
        }

        var entry = _stored.ShouldHaveSingleItem();
        entry.State.ShouldBe(LedgerState.Closed);
        entry.WaitingMemory.ShouldBe(0);
        entry.WaitingJournal.ShouldBe(waiting);
        entry.Lost.GetValueOrDefault("left_at_end").ShouldBe(lost);
        File.Exists(NotePath).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_AfterAFinishedRun_MarksNothing()
    {
        await using (var first = Begin())
        {
            await first.FinishAsync(TimeSpan.Zero);
        }

        await using var second = Begin();
        await second.MarkCutAsync();
        _stored.ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_AfterCrashes_MarksTheirMinutesAsCut()
    {
        var first = LedgerRun.Begin(_clock.GetUtcNow());
        await using (var publisher = Begin(run: first))
        {
            Accept(1);
            _clock.Advance(TimeSpan.FromMinutes(5));
            await publisher.PublishAsync(); // one event of the first minute still waits
            _stored.Clear();
        }

        _clock.Advance(TimeSpan.FromMinutes(30));
        await using (Begin())
        {
            // Dies before it could mark anything.
        }

        _clock.Advance(TimeSpan.FromMinutes(30));
        await using var third = Begin();
        _isStoreDown = true;
        (await third.MarkCutAsync()).ShouldBeFalse();
        _isStoreDown = false;
        (await third.MarkCutAsync()).ShouldBeTrue();
        var marked = _stored.ToList();
        (await third.MarkCutAsync()).ShouldBeTrue();

        _stored.Count.ShouldBe(marked.Count);
        marked.ShouldAllBe(entry => entry.State == LedgerState.Cut && entry.EventClass == LedgerClass.Unknown && entry.PublisherBucket == "");
        marked.Where(entry => entry.InstanceId == first.InstanceId).Select(entry => (int)(entry.MinuteTs.ToUnixTimeSeconds() / 60))
            .ShouldBe(Enumerable.Range(Minute, 7)); // from the open one to the one after the last note
        marked.Select(entry => entry.InstanceId).Distinct().Count().ShouldBe(2);
        marked.Count.ShouldBe(7 + 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{\"InstanceId\":")]
    [InlineData("null")]
    public async Task Start_NoteOfAPowerCut_IsNoCrash(string content)
    {
        await File.WriteAllTextAsync(NotePath, content);

        await using var publisher = Begin();
        (await publisher.MarkCutAsync()).ShouldBeTrue();
        _stored.ShouldBeEmpty();
    }

    [Fact]
    public async Task Note_OneThatDiesAgainAndAgain_KeepsTheNewestRuns()
    {
        for (var i = 0; i < 40; i++)
        {
            await using (Begin())
            {
                // Dies.
            }
        }

        new FileInfo(NotePath).Length.ShouldBe(4_096);
        await using var last = Begin();
        await last.MarkCutAsync();
        _stored.Select(entry => entry.InstanceId).Distinct().Count().ShouldBe(16);
    }

    private LedgerPublisher Begin(bool journals = true, LedgerRun? run = null)
    {
        run ??= LedgerRun.Begin(_clock.GetUtcNow());
        return new LedgerPublisher(
            _ledger, new LedgerEntries("edge-1", run), LedgerNote.Open(NotePath, run), StoreAsync, journals, NullLogger.Instance, _clock);
    }

    private Task<bool> StoreAsync(IReadOnlyList<LedgerEntry> entries)
    {
        if (!_isStoreDown)
        {
            _stored.AddRange(entries);
        }

        return Task.FromResult(!_isStoreDown);
    }

    private void Accept(int count) => _ledger.Count(Minute, EventTopic.Click, 3, LedgerColumn.Accepted, count);

    private void Deliver(int count) => _ledger.Count(Minute, EventTopic.Click, 3, EventOutcome.Delivered, count);
}
