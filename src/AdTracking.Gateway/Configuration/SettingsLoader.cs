using System.Collections;

namespace AdTracking.Gateway.Configuration;

/// <summary>Reads the settings: <c>appsettings.json</c> beside the executable, then <c>ADTRACKING_Section__Name</c>, then
/// <c>--Section:Name=value</c>. Later sources win. Nothing is thrown for bad input: every problem is listed.</summary>
internal static class SettingsLoader
{
    private const string EnvironmentPrefix = "ADTRACKING_";
    private const string LoggingSection = "Logging:";

    public static Settings Load(IReadOnlyList<string> arguments, IDictionary environment, string directory)
    {
        var problems = new List<string>();
        var warnings = new List<string>();
        var source = Merge(arguments, environment, directory, problems, warnings);
        var options = new GatewayOptions();
        Bind(source, options, problems);
        foreach (var setting in Setting.All)
        {
            problems.AddRange(setting.Problems(options));
        }

        CrossFieldRules.Check(options, problems);
        PipelineSettings.Check(options, problems);
        if (environment.Contains("ASPNETCORE_URLS"))
        {
            warnings.Add("ASPNETCORE_URLS is ignored: the addresses are Http:Address, Http:Port, Admin:Address and Admin:Port");
        }

        return new Settings { Options = options, Source = source, Problems = problems, Warnings = warnings };
    }

    private static IConfigurationRoot Merge(
        IReadOnlyList<string> arguments, IDictionary environment, string directory, List<string> problems, List<string> warnings)
    {
        var merged = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var file = Path.Combine(directory, "appsettings.json");
        if (File.Exists(file))
        {
            try
            {
                // Read apart first, so that a broken file is one problem among others and not an exception.
                Add(merged, new ConfigurationBuilder().AddJsonFile(file).Build().AsEnumerable(), warnings);
            }
            catch (InvalidDataException broken)
            {
                problems.Add($"{file}: {broken.InnerException?.Message ?? broken.Message}");
            }
        }

        Add(merged, FromEnvironment(environment), warnings);
        Add(merged, CommandLine.Parse(arguments, problems), warnings);
        return new ConfigurationBuilder().AddInMemoryCollection(merged).Build();
    }

    /// <summary>A list is one value: a source that names it replaces it, however it writes it, so that a later one can also narrow it.</summary>
    private static void Add(Dictionary<string, string?> merged, IEnumerable<KeyValuePair<string, string?>> source, List<string> warnings)
    {
        var entries = FormerNames.Replace([.. source.Where(entry => entry.Value is not null)], warnings).ToList();
        foreach (var list in Setting.All.Where(setting => setting.IsList && entries.Any(entry => IsOf(setting, entry.Key))))
        {
            foreach (var former in merged.Keys.Where(key => IsOf(list, key)).ToList())
            {
                merged.Remove(former);
            }
        }

        foreach (var (key, value) in entries)
        {
            merged[key] = value;
        }
    }

    private static bool IsOf(Setting list, string key) =>
        key.StartsWith(list.Key, StringComparison.OrdinalIgnoreCase) && (key.Length == list.Key.Length || key[list.Key.Length] == ':');

    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment(IDictionary environment)
    {
        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var key = name[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal);
                yield return new(key, (string?)variable.Value);
            }
        }
    }

    private static void Bind(IConfigurationRoot source, GatewayOptions options, List<string> problems)
    {
        var settings = Setting.All.ToDictionary(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in source.AsEnumerable().OrderBy(entry => entry.Key, ConfigurationKeyComparer.Instance))
        {
            if (value is null || key.StartsWith(LoggingSection, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var problem = BindOne(settings, options, key, value);
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }
    }

    private static string? BindOne(Dictionary<string, Setting> settings, GatewayOptions options, string key, string value)
    {
        if (settings.TryGetValue(key, out var setting))
        {
            if (setting.IsMap)
            {
                return value.Length == 0 ? null : $"{key}: takes named values, {setting.Key}:<name>";
            }

            if (setting.IsList)
            {
                setting.Add(options, value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
                return null;
            }

            return setting.Set(options, value);
        }

        var colon = key.IndexOf(':', key.IndexOf(':', StringComparison.Ordinal) + 1);
        if (colon > 0 && settings.TryGetValue(key[..colon], out var parent))
        {
            if (parent.IsMap)
            {
                parent.Put(options, key[(colon + 1)..], value);
                return null;
            }

            if (parent.IsList && int.TryParse(key[(colon + 1)..], out _))
            {
                parent.Add(options, [value.Trim()]);
                return null;
            }
        }

        return $"{key}: unknown setting";
    }
}

/// <summary>What the start works with: the options, and everything that is wrong or odd in their sources.</summary>
internal sealed class Settings
{
    public required GatewayOptions Options { get; init; }

    /// <summary>The merged sources, for <c>Logging:*</c>.</summary>
    public required IConfiguration Source { get; init; }

    /// <summary>Any entry ends the start.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}

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
