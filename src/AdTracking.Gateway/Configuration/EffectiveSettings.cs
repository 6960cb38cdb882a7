using System.Text;

namespace AdTracking.Gateway.Configuration;

/// <summary>The settings as the start prints them: all of them, those that differ from the default marked, no secret among them.</summary>
internal static class EffectiveSettings
{
    private static readonly string[] SecretWords = ["password", "secret", "token", "key", "jaas", "username", "credentials"];

    public static string Describe(GatewayOptions options)
    {
        var defaults = new GatewayOptions();
        var text = new StringBuilder();
        foreach (var setting in Setting.All)
        {
            var value = Show(setting.Get(options));
            text.Append(value == Show(setting.Get(defaults)) ? "    " : "  * ");
            text.Append(setting.Key).Append(" = ").AppendLine(value);
        }

        return text.ToString().TrimEnd();
    }

    private static string Show(object? value) => value switch
    {
        null => "(by the registry)",
        "" => "(none)",
        bool flag => flag ? "true" : "false",
        Enum member => member.ToString().ToLowerInvariant(),
        List<string> list => list.Count == 0 ? "(none)" : string.Join(", ", list),
        IDictionary<string, string> map => map.Count == 0
            ? "(none)"
            : string.Join(", ", map.Select(entry => $"{entry.Key}={(IsSecret(entry.Key) ? "***" : entry.Value)}")),
        _ => value.ToString()!,
    };

    private static bool IsSecret(string name) =>
        SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
