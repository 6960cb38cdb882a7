namespace AdTracking.Testing;

/// <summary>What a gateway is started through: a tracer, a namespace of its own, a library that makes calls fail.</summary>
/// <param name="Command">A command that ends by executing the rest of its arguments in the same process.</param>
/// <param name="Environment">Variables for it.</param>
/// <param name="HasOwnMounts">Whether it sees other file systems than we do.</param>
public sealed record ProcessWrapper(
    IReadOnlyList<string> Command, IReadOnlyDictionary<string, string>? Environment = null, bool HasOwnMounts = false);
