namespace AdTracking.Testing;

/// <summary>A theory that needs tools: skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresTheoryAttribute : TheoryAttribute
{
    /// <summary>Names what the test needs.</summary>
    public RequiresTheoryAttribute(params Tool[] tools)
    {
        Tools = tools;
        Skip = Testing.Tools.Missing(tools);
    }

    /// <summary>What the test needs.</summary>
    public IReadOnlyList<Tool> Tools { get; }
}
