namespace AdTracking.Gateway.Configuration;

/// <summary>Arguments of the form <c>--Section:Name=value</c>. Anything else is reported as a problem.</summary>
internal static class CommandLine
{
    public static Dictionary<string, string?> Parse(IReadOnlyList<string> arguments, List<string> problems)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (!argument.StartsWith("--", StringComparison.Ordinal) || equals < 3)
            {
                problems.Add($"argument '{argument}': expected --Section:Name=value (see --help)");
            }
            else
            {
                values[argument[2..equals]] = argument[(equals + 1)..];
            }
        }

        return values;
    }
}
