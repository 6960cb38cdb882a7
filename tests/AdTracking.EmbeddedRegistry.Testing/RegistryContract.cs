using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AdTracking.EmbeddedRegistry.Testing;

/// <summary>Runs the cases against a registry, whoever made it.</summary>
internal static class RegistryContract
{
    public const string MediaType = "application/vnd.schemaregistry.v1+json";

    public static readonly IReadOnlyDictionary<string, RegistryStep[]> Cases =
        new Dictionary<string, RegistryStep[]>(RegistryCases.All.Concat(RegistryRuleCases.All));

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>Runs a case.</summary>
    /// <param name="http">A client.</param>
    /// <param name="address">The registry's base address.</param>
    /// <param name="name">The case.</param>
    /// <param name="isApicurio">True where the listed differences are expected.</param>
    public static async Task RunAsync(HttpClient http, string address, string name, bool isApicurio)
    {
        var subject = name.ToLowerInvariant();
        var remembered = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in Cases[name])
        {
            var path = step.Path.Replace("%S", subject, StringComparison.Ordinal);
            path = remembered.Aggregate(path, (text, known) => text.Replace(known.Key, known.Value, StringComparison.Ordinal));
            using var request = new HttpRequestMessage(new HttpMethod(step.Method), address.TrimEnd('/') + path);
            if (step.Body is { } body)
            {
                request.Content = new StringContent(body.Replace("%S", subject, StringComparison.Ordinal), Encoding.UTF8);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
            }

            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var because = $"{step.Method} {path} -> {(int)answer.StatusCode} {text}";
            var (status, expected) = isApicurio && step.Apicurio is { } other ? (other.Status, other.Answer) : (step.Status, step.Answer);
            ((int)answer.StatusCode).ShouldBe(status, because);
            if (!isApicurio)
            {
                answer.Content.Headers.ContentType!.MediaType.ShouldBe(MediaType, because);
            }

            if (expected is not null)
            {
                using var pattern = JsonDocument.Parse(expected.Replace("%S", subject, StringComparison.Ordinal));
                using var found = JsonDocument.Parse(text);
                Matches(pattern.RootElement, found.RootElement, remembered).ShouldBeTrue($"{because}\nexpected: {expected}");
            }
        }
    }

    private static bool Matches(JsonElement pattern, JsonElement found, Dictionary<string, string> remembered)
    {
        if (pattern.ValueKind == JsonValueKind.String)
        {
            var text = pattern.GetString()!;
            if (text == "*")
            {
                return true;
            }

            if (text.StartsWith('$'))
            {
                return remembered.TryAdd(text, found.ToString()) || remembered[text] == found.ToString();
            }
        }

        return pattern.ValueKind switch
        {
            JsonValueKind.Object => found.ValueKind == JsonValueKind.Object && pattern.EnumerateObject().All(member =>
                found.TryGetProperty(member.Name, out var value) && Matches(member.Value, value, remembered)),
            JsonValueKind.Array => found.ValueKind == JsonValueKind.Array && pattern.GetArrayLength() == found.GetArrayLength()
                && pattern.EnumerateArray().Zip(found.EnumerateArray()).All(pair => Matches(pair.First, pair.Second, remembered)),
            _ => JsonElement.DeepEquals(pattern, found),
        };
    }
}
