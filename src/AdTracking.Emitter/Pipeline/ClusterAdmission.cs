using AdTracking.Queue.Journal;

namespace AdTracking.Emitter.Pipeline;

/// <summary>Decides whether events may go to the cluster that has answered: it must be the one that the journal's events are for, and the host
/// may have its own say. Until then the partitions stay unknown, and nothing is sent.</summary>
internal sealed class ClusterAdmission(PipelineOptions options, SpillJournal? journal)
{
    private bool _refused;
    private string? _admitted;

    /// <summary>Whether Kafka has answered, and events must not go there: then none is accepted either.</summary>
    public bool IsRefused => Volatile.Read(ref _refused);

    private string? WantedCluster => options.ClusterId ?? (journal?.Found.ClusterIds is [string first, ..] ? first : null);

    /// <summary>Whether events may go to the cluster with this id; if not, what is missing says why.</summary>
    public async Task<bool> TryAdmitAsync(string? found, MissingParts missing, CancellationToken cancellation)
    {
        if (IsUndecided())
        {
            missing.Absences.Add("The journal of the run before is being read; it may name the cluster that its events are for.");
            return false;
        }

        var verdict = await JudgeAsync(found, cancellation);
        var isForeign = IsForeign(found, missing);
        Volatile.Write(ref _refused, isForeign || verdict.IsRefused);
        (verdict.IsRefused ? missing.Problems : missing.Absences).AddRange(verdict.Problems);
        if (isForeign || verdict.Problems.Count > 0)
        {
            return false;
        }

        _admitted = found;
        if (found is not null && !options.ClusterForgets)
        {
            journal?.SetCluster(found);
        }

        return true;
    }

    /// <summary>Whether the host is still to be asked about the cluster; its answer can bring new topics.</summary>
    public bool IsNew(string? found) => options.JudgeCluster is not null && _admitted != found;

    // Which cluster waiting events are for may stand in what is not read yet: then the partitions stay unknown for so long.
    private bool IsUndecided() => !options.ClusterForgets && WantedCluster is null && journal is { Found.IsPending: true };

    private async Task<ClusterVerdict> JudgeAsync(string? found, CancellationToken cancellation)
    {
        if (options.JudgeCluster is not { } judge)
        {
            return ClusterVerdict.Admitted;
        }

        if (found is null)
        {
            return ClusterVerdict.Unknown($"Kafka at {options.BootstrapServers} has not said yet which cluster it is.");
        }

        return found == _admitted ? ClusterVerdict.Admitted : await judge(found, cancellation);
    }

    // Another cluster than the one that events are kept for gets nothing.
    private bool IsForeign(string? found, MissingParts missing)
    {
        if (found is null || options.ClusterForgets || WantedCluster is not { } wanted || found == wanted)
        {
            return false;
        }

        missing.Problems.Add(
            $"Kafka at {options.BootstrapServers} is cluster {found}, and what is kept here is for cluster {wanted}: nothing is sent.");
        return true;
    }
}
