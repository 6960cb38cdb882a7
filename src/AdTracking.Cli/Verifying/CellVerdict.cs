namespace AdTracking.Cli.Verifying;

/// <summary>What the comparison of one cell came to. Numbers that are 0 are no fault.</summary>
/// <param name="Key">The cell.</param>
/// <param name="Expected">Records by the account; the least there must be where <paramref name="Kind"/> is not exact.</param>
/// <param name="Found">Records in the topic.</param>
/// <param name="Kind">How much the account knows.</param>
internal sealed record CellVerdict(CellKey Key, long Expected, long Found, CellKind Kind)
{
    /// <summary>Records that must be there and are not.</summary>
    public long Missing { get; init; }

    /// <summary>Records that are there and that the account has not.</summary>
    public long Extra { get; init; }

    /// <summary>Records whose bytes stand in the topic more than once.</summary>
    public long Doubled { get; init; }

    /// <summary>The number is right, and they are not the records that were accepted.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Entries whose own numbers do not add up.</summary>
    public int Unbalanced { get; init; }

    /// <summary>Nothing is wrong.</summary>
    public bool IsEqual => Missing == 0 && Extra == 0 && Doubled == 0 && !IsChanged && Unbalanced == 0;
}
