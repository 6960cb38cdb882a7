using System.Security.Cryptography;
using System.Text;

namespace AdTracking.Kafka.Client.Tests.Connections;

/// <summary>The broker's side of every mechanism, for one user.</summary>
internal sealed class SaslServer(string mechanism, string user, string password)
{
    private const int Iterations = 4_096;
    private static readonly byte[] Salt = [1, 2, 3, 4, 5, 6, 7, 8];
    private string _clientFirst = "";
    private string _serverFirst = "";
    private int _step;

    /// <summary>The mechanism's name.</summary>
    public string Mechanism => mechanism;

    /// <summary>The answer to a token, or null when the client is refused.</summary>
    public byte[]? Next(byte[] token)
    {
        var text = Encoding.UTF8.GetString(token);
        return mechanism switch
        {
            "PLAIN" => text == $"\0{user}\0{password}" ? [] : null,
            "OAUTHBEARER" => _step++ > 0 ? null
                : text == $"n,,\u0001auth=Bearer {password}\u0001\u0001" ? [] : "{\"status\":\"invalid_token\"}"u8.ToArray(),
            _ => _step++ == 0 ? First(text) : Final(text),
        };
    }

    private byte[] First(string text)
    {
        _clientFirst = text["n,,".Length..];
        _serverFirst = $"r={_clientFirst.Split(",r=")[1]}server,s={Convert.ToBase64String(Salt)},i={Iterations}";
        return Encoding.UTF8.GetBytes(_serverFirst);
    }

    private byte[]? Final(string text)
    {
        var hash = mechanism == "SCRAM-SHA-512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Salt, Iterations, hash, hash == HashAlgorithmName.SHA512 ? 64 : 32);
        var storedKey = CryptographicOperations.HashData(hash, CryptographicOperations.HmacData(hash, salted, "Client Key"u8.ToArray()));
        var parts = text.Split(",p=");
        var message = Encoding.UTF8.GetBytes($"{_clientFirst},{_serverFirst},{parts[0]}");
        var clientKey = Convert.FromBase64String(parts[1]).Zip(CryptographicOperations.HmacData(hash, storedKey, message), (a, b) => (byte)(a ^ b)).ToArray();
        var name = user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
        if (!CryptographicOperations.HashData(hash, clientKey).SequenceEqual(storedKey) || !_clientFirst.StartsWith($"n={name},r=", StringComparison.Ordinal))
        {
            return null;
        }

        var serverKey = CryptographicOperations.HmacData(hash, salted, "Server Key"u8.ToArray());
        return Encoding.UTF8.GetBytes("v=" + Convert.ToBase64String(CryptographicOperations.HmacData(hash, serverKey, message)));
    }
}
