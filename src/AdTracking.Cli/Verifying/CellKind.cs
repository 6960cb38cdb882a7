namespace AdTracking.Cli.Verifying;

/// <summary>How much the account of a cell says.</summary>
internal enum CellKind
{
    /// <summary>Final: numbers and contents must be equal.</summary>
    Closed,

    /// <summary>The minute is still counted in, or events of it wait: bounds only.</summary>
    Open,

    /// <summary>A run ended in it without a last word: bounds only.</summary>
    Cut,

    /// <summary>The gateway has not published its ledger so far yet: nothing to compare with.</summary>
    Unpublished,

    /// <summary>The ledger has no entry, where it should have one if there are records.</summary>
    Unaccounted,
}
