namespace AdTracking.Kafka.Protocol;

/// <summary>The broker's step of a SASL exchange.</summary>
/// <param name="Error">0, or why it fails.</param>
/// <param name="Message">The broker's own words.</param>
/// <param name="Token">The mechanism's bytes.</param>
/// <param name="SessionMs">After this long the client has to authenticate again; 0 is never.</param>
internal sealed record SaslAuthenticateResponse(KafkaError Error, string? Message, byte[] Token, long SessionMs)
{
    /// <summary>Reads the answer.</summary>
    public static SaslAuthenticateResponse Read(ReadOnlySpan<byte> frame, short version)
    {
        var reader = RequestFrame.Open(frame, Api.SaslAuthenticate, version);
        var response = new SaslAuthenticateResponse(
            (KafkaError)reader.ReadInt16(), reader.ReadNullableString(), reader.ReadBytes().ToArray(), version >= 1 ? reader.ReadInt64() : 0);
        reader.SkipTags();
        reader.End();
        return response;
    }
}
