namespace AdTracking.Cli.Verifying;

/// <summary>What is compared one by one.</summary>
/// <param name="Edge">The gateway.</param>
/// <param name="Minute">The minute of received_ts, counted from 1970.</param>
/// <param name="Class">impression, click, engagement, bad.</param>
/// <param name="Bucket">The publisher's bucket.</param>
internal readonly record struct CellKey(string Edge, int Minute, string Class, string Bucket);
