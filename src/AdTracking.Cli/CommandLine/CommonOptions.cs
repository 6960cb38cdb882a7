using System.CommandLine;

namespace AdTracking.Cli.CommandLine;

/// <summary>Options that several verbs take; each command gets instances of its own.</summary>
internal static class CommonOptions
{
    /// <summary><c>--data</c>.</summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "Data directory of a gateway on this machine: its addresses are read there",
        DefaultValueFactory = _ => "data",
        HelpName = "DIR",
    };

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Option<int> Number(string name, string description, int fallback, int least)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var value) && value < least)
            {
                result.AddError($"{name} must be at least {least}.");
            }
        });
        return option;
    }

    /// <summary>A web address.</summary>
    public static Option<Uri?> Address(string name, string description)
    {
        var option = new Option<Uri?>(name)
        {
            Description = description,
            HelpName = "URL",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                {
                    return uri;
                }

                result.AddError($"{name} must be an address such as http://127.0.0.1:8080.");
                return null;
            },
        };
        return option;
    }
}
