namespace AdTracking.Cli.Journals;

/// <summary>What <c>journal inspect</c> was asked for.</summary>
/// <param name="Directory">The directory as given.</param>
/// <param name="IsJson">JSON instead of lines.</param>
/// <param name="IsBrief">No batches and notes.</param>
/// <param name="CheckGroups">Read and verify groups as well.</param>
internal sealed record InspectOptions(string Directory, bool IsJson, bool IsBrief, bool CheckGroups);
