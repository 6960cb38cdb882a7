namespace AdTracking.Gateway.Configuration;

internal sealed class EventOptions
{
    /// <summary>What happens to a JSON field that the schema does not know.</summary>
    public UnknownFields UnknownFields { get; set; } = UnknownFields.Ext;
}
