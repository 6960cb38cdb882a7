using System.Security.Cryptography;
using System.Text;
using AdTracking.Kafka.Authentication;

namespace AdTracking.Kafka.Client.Tests.Authentication;

/// <summary>The exchange that RFC 7677 prints, and what a broker may not say.</summary>
public sealed class ScramExchangeTests
{
    private const string Nonce = "rOprNGfwEbeRWgbNEkqO";
    private const string ServerFirst = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private const string ServerFinal = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    [Fact]
    public void Next_ExchangeOfRfc7677_HasItsMessages()
    {
        var exchange = Start();

        Text(exchange.Next([])).ShouldBe($"n,,n=user,r={Nonce}");
        Text(exchange.Next(Bytes(ServerFirst))).ShouldBe(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        exchange.Next(Bytes(ServerFinal)).ShouldBeNull();
        Should.Throw<SaslException>(() => exchange.Next([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("r=")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=somebody-elses-nonce,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=x")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO1,s=!,i=4096")]
    [InlineData("m=ext,r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    public void Next_WrongFirstMessage_IsRefused(string serverFirst)
    {
        var exchange = Start();
        _ = exchange.Next([]);

        Should.Throw<SaslException>(() => exchange.Next(Bytes(serverFirst)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=")]
    [InlineData("v=!")]
    [InlineData("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95H4=")]
    [InlineData("e=other-error")]
    public void Next_BrokerThatDoesNotKnowThePassword_IsRefused(string serverFinal)
    {
        var exchange = Start();
        _ = exchange.Next([]);
        _ = exchange.Next(Bytes(ServerFirst));

        Should.Throw<SaslException>(() => exchange.Next(Bytes(serverFinal)));
    }

    private static ScramExchange Start() => new(HashAlgorithmName.SHA256, "user", "pencil", Nonce);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes!);
}
