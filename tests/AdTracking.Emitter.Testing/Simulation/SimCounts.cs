namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>What schedules met.</summary>
internal sealed class SimCounts
{
    public int Lives { get; set; }

    public int CrashesInCalls { get; set; }

    public int PowerCuts { get; set; }

    public int Faults { get; set; }

    public int DeadProducers { get; set; }

    public int RefusedStarts { get; set; }

    public int UnreadableFiles { get; set; }

    /// <summary>Starts without Kafka.</summary>
    public int StartsAway { get; set; }

    /// <summary>Processes that took requests before they had read what was left.</summary>
    public int LateRecoveries { get; set; }

    public int Spills { get; set; }

    public int StruckOut { get; set; }

    public int Recovered { get; set; }

    public int Promises { get; set; }

    public int Events { get; set; }

    public void Add(SimCounts other)
    {
        Lives += other.Lives;
        CrashesInCalls += other.CrashesInCalls;
        PowerCuts += other.PowerCuts;
        Faults += other.Faults;
        DeadProducers += other.DeadProducers;
        RefusedStarts += other.RefusedStarts;
        UnreadableFiles += other.UnreadableFiles;
        StartsAway += other.StartsAway;
        LateRecoveries += other.LateRecoveries;
        Spills += other.Spills;
        StruckOut += other.StruckOut;
        Recovered += other.Recovered;
        Promises += other.Promises;
        Events += other.Events;
    }

    /// <summary>Schedules that never meet these say nothing about them.</summary>
    public void ShouldHaveMetEverything()
    {
        int[] before = [Lives, CrashesInCalls, PowerCuts, Faults, UnreadableFiles, DeadProducers, RefusedStarts, StartsAway, LateRecoveries];
        int[] after = [Spills, StruckOut, Recovered, Promises, Events];
        before.Concat(after).ShouldAllBe(count => count > 0, ToString());
    }

    public override string ToString() =>
        $"lives {Lives}, crashes in calls {CrashesInCalls}, power cuts {PowerCuts}, faults {Faults}, dead producers {DeadProducers}, "
        + $"refused starts {RefusedStarts}, starts without Kafka {StartsAway}, late recoveries {LateRecoveries}, "
        + $"unreadable files {UnreadableFiles}, spills {Spills}, struck out {StruckOut}, recovered {Recovered}, promises {Promises}, events {Events}";
}
