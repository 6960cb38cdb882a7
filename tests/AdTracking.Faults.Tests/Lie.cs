namespace AdTracking.Faults.Tests;

/// <summary>What a gateway may do wrong.</summary>
public enum Lie
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every 10,000th event gets its 2xx and is thrown away.</summary>
    Drop,

    /// <summary>Every 10,000th event is stored twice.</summary>
    Double,

    /// <summary>Every 10,000th event is stored with one letter changed.</summary>
    Corrupt,

    /// <summary>Pixels are answered at once and stored a moment later; what waits then dies with the gateway.</summary>
    AnswerEarly,

    /// <summary>Every 10,000th event is kept back until its key's next one is stored.</summary>
    Overtake,

    /// <summary>An event that nobody sent is stored in place of every 10,000th.</summary>
    Invent,
}
