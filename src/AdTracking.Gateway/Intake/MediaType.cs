namespace AdTracking.Gateway.Intake;

/// <summary>The content types that a body may have.</summary>
internal enum MediaType
{
    Other,
    Json,
    JsonLines,
    Form,
    Text,
}
