namespace AdTracking.Testing;

/// <summary>A fact that needs tools: skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    /// <summary>Names what the test needs.</summary>
    public RequiresFactAttribute(params Tool[] tools)
    {
        Tools = tools;
        Skip = Testing.Tools.Missing(tools);
    }

    /// <summary>What the test needs.</summary>
    public IReadOnlyList<Tool> Tools { get; }
}
