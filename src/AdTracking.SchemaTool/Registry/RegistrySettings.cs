using System.CommandLine;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Registry;

/// <summary>The options of all verbs that speak to a registry: where it is, who we are there, how patient we are, how answers look.</summary>
internal sealed class RegistrySettings
{
    private const string UrlVariable = "ADTRACKING_Registry__Url";

    private readonly Option<string?> _url = new("--registry")
    {
        Description = $"Base address of the registry; several nodes with commas between. Default: the variable {UrlVariable}.",
    };

    private readonly Option<string?> _username = new("--username") { Description = "User name for basic authentication." };

    private readonly Option<FileInfo> _passwordFile = new Option<FileInfo>("--password-file")
    {
        Description = "File that holds the password.",
    }.AcceptExistingOnly();

    private readonly Option<FileInfo> _tokenFile = new Option<FileInfo>("--bearer-token-file")
    {
        Description = "File that holds a bearer token.",
    }.AcceptExistingOnly();

    private readonly Option<FileInfo> _caFile = new Option<FileInfo>("--ca-file")
    {
        Description = "Certificates (PEM) that are trusted instead of the system's.",
    }.AcceptExistingOnly();

    private readonly Option<int> _timeoutMs = new("--timeout-ms")
    {
        Description = "Limit for one request.",
        DefaultValueFactory = static _ => 10_000,
    };

    private readonly Option<int> _retries = new("--retries")
    {
        Description = "How often a request is sent again when the registry does not answer or is in trouble.",
        DefaultValueFactory = static _ => 3,
    };

    private readonly Option<bool> _json = JsonOption.Create();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_url, _username, _passwordFile, _tokenFile, _caFile, _timeoutMs, _retries, _json])
        {
            command.Options.Add(option);
        }

        AddLimit(_timeoutMs, 1);
        AddLimit(_retries, 0);
        command.Validators.Add(result =>
        {
            var url = UrlOf(result.GetValue(_url));
            if (!SchemaRegistryAddress.IsUsable(url))
            {
                result.AddError($"'{url}' is no address of a registry: --registry http://host:8081");
            }

            if ((result.GetValue(_username) is null) != (result.GetValue(_passwordFile) is null))
            {
                result.AddError("--username and --password-file belong together.");
            }
        });
    }

    /// <summary>True where standard output is for machines.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>A connection.</summary>
    public RegistryConnection Connect(ParseResult parsed) => new(
        SchemaRegistryOptions.Of(UrlOf(parsed.GetValue(_url))!) with
        {
            Username = parsed.GetValue(_username),
            PasswordFile = parsed.GetValue(_passwordFile)?.FullName,
            BearerTokenFile = parsed.GetValue(_tokenFile)?.FullName,
            RequestTimeout = TimeSpan.FromMilliseconds(parsed.GetValue(_timeoutMs)),
            Attempts = RegistryRetries.Of(parsed.GetValue(_retries), TimeProvider.System),
        },
        parsed.GetValue(_caFile)?.FullName);

    private static string? UrlOf(string? said) => said ?? Environment.GetEnvironmentVariable(UrlVariable);

    private static void AddLimit(Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least)
        {
            result.AddError($"{option.Name} is a number from {least}.");
        }
    });
}
