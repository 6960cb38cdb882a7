using AdTracking.EmbeddedRegistry.Testing;

namespace AdTracking.RealRegistry.Tests;

/// <summary>The same cases against a registry that others made: what we believe of registries is so, but for the listed differences.</summary>
[Collection(RealParts.Name)]
public sealed class RealRegistryContractTests(RealParts parts)
{
    [RequiresFact(Tool.Registry)]
    public async Task AllCases_RealRegistry_AnswersAsDocumentedButForTheListedDifferences()
    {
        var server = await parts.EmptyRegistryAsync();
        using var http = new HttpClient();
        var problems = new List<string>();
        foreach (var name in RegistryContract.Cases.Keys)
        {
            try
            {
                await RegistryContract.RunAsync(http, server.Url.ToString(), name, isApicurio: true);
            }
            catch (ShouldAssertException different)
            {
                problems.Add($"{name}: {different.Message}");
            }
        }

        problems.ShouldBeEmpty(string.Join("\n\n", problems));
    }
}
