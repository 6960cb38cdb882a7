using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

internal sealed class EdgeOptions
{
    /// <summary>Names this instance in every event (<c>edge_id</c>). Unset: the host name.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,64}$", ErrorMessage = "must be 1 to 64 letters, digits, '.', '_' or '-'")]
    public string Id { get; set; } = DefaultId();

    private static string DefaultId()
    {
        var kept = Environment.MachineName.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-').Take(64).ToArray();
        return kept.Length == 0 ? "edge" : new string(kept);
    }
}
