namespace AdTracking.Faults.Testing;

/// <summary>What a gateway says of its journal and its queue, from <c>/metrics</c>.</summary>
internal sealed record JournalFigures(double UnreadFiles, double WaitingEvents, double WaitingBytes, double QuestionableEvents, double InFlight, double Syncs)
{
    /// <summary>Whether nothing is left that could still be handed over.</summary>
    public bool IsEmpty => UnreadFiles == 0 && WaitingEvents == 0 && QuestionableEvents == 0 && InFlight == 0;

    public static async Task<JournalFigures> ReadAsync(GatewayProcess gateway)
    {
        var page = await PrometheusPage.ReadAsync(gateway);
        return new JournalFigures(
            page.Sum("adtracking_journal_unread_segments"),
            page.Sum("adtracking_journal_waiting_events"),
            page.Sum("adtracking_journal_waiting_size_bytes"),
            page.Sum("adtracking_journal_questionable_events"),
            page.Sum("adtracking_inflight_events"),
            page.Sum("adtracking_journal_syncs_total"));
    }
}
