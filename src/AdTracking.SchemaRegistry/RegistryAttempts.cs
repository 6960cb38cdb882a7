namespace AdTracking.SchemaRegistry;

/// <summary>Runs one request as often as a policy decides. Every request may be run again: registering a schema twice gives the same id. An
/// attempt that failed throws; <see cref="SchemaRegistryException.IsTransient"/> says whether another may help.</summary>
/// <param name="attempt">The request.</param>
/// <param name="cancellation">Ends the waiting.</param>
public delegate Task RegistryAttempts(Func<CancellationToken, Task> attempt, CancellationToken cancellation);
