namespace AdTracking.SchemaTool.Naming;

/// <summary>What a generated type is called.</summary>
/// <param name="Namespace">Its C# namespace.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Stem">The name of its file without <c>.g.cs</c>.</param>
internal sealed record CSharpName(string Namespace, string Name, string Stem)
{
    /// <summary>The name that means the type wherever it stands.</summary>
    public string Global => $"global::{Namespace}.{Name}";
}
