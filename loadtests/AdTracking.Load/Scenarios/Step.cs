namespace AdTracking.Load.Scenarios;

/// <summary>One kind of request of a scenario.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">How often it is chosen, relative to the other steps.</param>
/// <param name="Method">The method; HEAD is not possible, because its answers have lengths without bodies.</param>
/// <param name="Path">Path and query; each <c>{id}</c> becomes a fresh id.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="Body">The body, or one element of it; each <c>{id}</c> becomes a fresh id.</param>
/// <param name="Repeat">With more than 1 the body is an array of so many elements.</param>
internal sealed record Step(
    string Name, int Weight, string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body, int Repeat);
