using System.Reflection;

namespace AdTracking.Gateway.Diagnostics;

internal static class ProductVersion
{
    /// <summary>The version of the build, with the commit where the build knew it.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
