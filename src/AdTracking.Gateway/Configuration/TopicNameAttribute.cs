using System.Buffers;
using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

/// <summary>Kafka's rule for topic names: 1 to 249 of letters, digits, '.', '_', '-', and not "." or "..".</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TopicNameAttribute : ValidationAttribute
{
    private static readonly SearchValues<char> Legal =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public TopicNameAttribute()
        : base("must be a Kafka topic name: 1 to 249 letters, digits, '.', '_' or '-'")
    {
    }

    public override bool IsValid(object? value) =>
        value is string { Length: >= 1 and <= 249 } name && name is not ("." or "..") && !name.AsSpan().ContainsAnyExcept(Legal);
}
