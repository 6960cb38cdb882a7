using System.Net.Http.Headers;
using System.Text;

namespace AdTracking.SchemaRegistry;

/// <summary>One address of a registry, and who we are there.</summary>
internal sealed class RegistryNode
{
    private readonly SchemaRegistryOptions _options;
    private readonly string? _user;
    private readonly string? _password;

    public RegistryNode(Uri address, SchemaRegistryOptions options)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("The base address of a registry is an absolute http or https address.", nameof(address));
        }

        _options = options;
        Address = SchemaRegistryOptions.Shown(address);
        _user = options.Username;
        _password = options.Password;
        if (_user is not null || address.UserInfo.Length == 0)
        {
            return;
        }

        var parts = address.UserInfo.Split(':', 2);
        _user = Uri.UnescapeDataString(parts[0]);
        _password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
    }

    /// <summary>Without user and password.</summary>
    public string Address { get; }

    /// <summary>The header of a request; files are read for every request, because tokens expire.</summary>
    public AuthenticationHeaderValue? Authorization()
    {
        if (_options.BearerTokenFile is { } tokenFile)
        {
            return new AuthenticationHeaderValue("Bearer", Read(tokenFile));
        }

        if (_user is null)
        {
            return null;
        }

        var password = _options.PasswordFile is { } file ? Read(file) : _password;
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_user}:{password}")));
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SchemaRegistryException($"The credentials of the registry cannot be read: {fault.Message}", innerException: fault);
        }
    }
}
