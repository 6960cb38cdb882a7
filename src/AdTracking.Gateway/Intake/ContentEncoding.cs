namespace AdTracking.Gateway.Intake;

/// <summary>How a body is packed.</summary>
internal enum ContentEncoding
{
    Identity,
    Gzip,
    Deflate,
    Brotli,
    Unsupported,
}
