using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdTracking.Kafka.Authentication;

/// <summary>The client's side of SCRAM without channel binding.</summary>
/// <remarks>
/// <code>
/// client first = "n,,n=" user ",r=" nonce                       (in the user name "=" is "=3D" and "," is "=2C")
/// server first = "r=" nonce server-nonce ",s=" base64 salt ",i=" iterations
/// client final = "c=biws,r=" nonce server-nonce ",p=" base64 proof
/// server final = "v=" base64 signature | "e=" error
/// salted = PBKDF2(password, salt, iterations)                   message = client first without "n,,", server first, client final without p
/// proof  = HMAC(salted, "Client Key") xor HMAC(H(HMAC(salted, "Client Key")), message)
/// signature = HMAC(HMAC(salted, "Server Key"), message)
/// </code>
/// As Kafka does, the password is used as it is, without SASLprep.
/// </remarks>
internal sealed class ScramExchange(HashAlgorithmName hash, string user, string password, string nonce) : ISaslExchange
{
    // RFC 7677 demands 4,096; a million takes half a second, and a broker that asks for more is not to be served.
    private const int IterationsMin = 4_096;
    private const int IterationsMax = 1_000_000;
    private readonly string _clientFirstBare =
        $"n={user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={nonce}";

    private int _step;
    private byte[]? _signature;

    /// <inheritdoc/>
    public byte[]? Next(ReadOnlySpan<byte> challenge)
    {
        switch (_step++)
        {
            case 0:
                return Encoding.UTF8.GetBytes("n,," + _clientFirstBare);
            case 1:
                return Final(Encoding.UTF8.GetString(challenge));
            case 2:
                Verify(Encoding.UTF8.GetString(challenge));
                return null;
            default:
                throw new SaslException("SCRAM: the broker goes on after the end.");
        }
    }

    private byte[] Final(string serverFirst)
    {
        var parts = serverFirst.Split(',');
        if (parts.Length < 3 || !parts[0].StartsWith("r=", StringComparison.Ordinal) || !parts[1].StartsWith("s=", StringComparison.Ordinal)
            || !parts[2].StartsWith("i=", StringComparison.Ordinal)
            || !int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations))
        {
            throw new SaslException("SCRAM: the broker's first message cannot be read.");
        }

        if (!parts[0].AsSpan(2).StartsWith(nonce, StringComparison.Ordinal) || parts[0].Length == nonce.Length + 2)
        {
            throw new SaslException("SCRAM: the broker's nonce does not continue ours.");
        }

        if (iterations is < IterationsMin or > IterationsMax)
        {
            throw new SaslException($"SCRAM: {iterations} iterations are not between {IterationsMin} and {IterationsMax}.");
        }

        var withoutProof = $"c=biws,{parts[0]}";
        var message = Encoding.UTF8.GetBytes($"{_clientFirstBare},{serverFirst},{withoutProof}");
        var bytes = hash == HashAlgorithmName.SHA512 ? SHA512.HashSizeInBytes : SHA256.HashSizeInBytes;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), FromBase64(parts[1].AsSpan(2)), iterations, hash, bytes);
        var proof = CryptographicOperations.HmacData(hash, salted, "Client Key"u8.ToArray());
        var clientSignature = CryptographicOperations.HmacData(hash, CryptographicOperations.HashData(hash, proof), message);
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= clientSignature[i];
        }

        _signature = CryptographicOperations.HmacData(hash, CryptographicOperations.HmacData(hash, salted, "Server Key"u8.ToArray()), message);
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    private void Verify(string serverFinal)
    {
        if (serverFinal.StartsWith("e=", StringComparison.Ordinal))
        {
            throw new SaslException("SCRAM: the broker does not accept the credentials.");
        }

        if (!serverFinal.StartsWith("v=", StringComparison.Ordinal)
            || !CryptographicOperations.FixedTimeEquals(FromBase64(serverFinal.AsSpan(2)), _signature))
        {
            throw new SaslException("SCRAM: the broker does not prove that it knows the password.");
        }
    }

    private static byte[] FromBase64(ReadOnlySpan<char> text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(text, bytes, out var written)
            ? bytes[..written] : throw new SaslException("SCRAM: the broker's message is not base64.");
    }
}
