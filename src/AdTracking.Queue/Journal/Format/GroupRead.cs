namespace AdTracking.Queue.Journal.Format;

/// <summary>What <see cref="GroupReader.Next"/> came to.</summary>
internal enum GroupRead
{
    /// <summary>A sound group.</summary>
    Group,

    /// <summary>A stretch without a sound group; reading goes on behind it.</summary>
    Damage,

    /// <summary>The batch's end.</summary>
    End,
}
