namespace AdTracking.Kafka.Protocol;

/// <summary>Whether the broker takes the mechanism, and which ones it has.</summary>
internal sealed record SaslHandshakeResponse(KafkaError Error, IReadOnlyList<string> Mechanisms)
{
    /// <summary>Reads the answer.</summary>
    public static SaslHandshakeResponse Read(ReadOnlySpan<byte> frame, short version)
    {
        var reader = RequestFrame.Open(frame, Api.SaslHandshake, version);
        var error = (KafkaError)reader.ReadInt16();
        var mechanisms = new List<string>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            mechanisms.Add(reader.ReadString());
        }

        reader.End();
        return new SaslHandshakeResponse(error, mechanisms);
    }
}
