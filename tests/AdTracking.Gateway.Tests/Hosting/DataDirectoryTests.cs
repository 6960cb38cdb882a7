using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Storage;
using AdTracking.Testing;

namespace AdTracking.Gateway.Tests.Hosting;

public sealed class DataDirectoryTests : IDisposable
{
    private static readonly DataOwner Embedded = new(DataOwner.Embedded, DataOwner.Embedded);

    private readonly TemporaryDirectory _directory = new("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_LockedDirectory_IsRefused()
    {
        using var first = DataDirectory.Open(_directory.PathOf("data"));

        var refusal = Should.Throw<StartRefusedException>(() => DataDirectory.Open(_directory.PathOf("data")));

        refusal.Code.ShouldBe(ExitCode.DataDirectory);
        refusal.Message.ShouldContain("cannot be locked");
    }

    [Fact]
    public void Open_AfterDispose_TakesTheLockAgain()
    {
        DataDirectory.Open(_directory.FullPath).Dispose();

        Should.NotThrow(() => DataDirectory.Open(_directory.FullPath).Dispose());
    }

    [Fact]
    public void Open_PathThatIsAFile_IsRefused()
    {
        File.WriteAllText(_directory.PathOf("file"), "");

        Should.Throw<StartRefusedException>(() => DataDirectory.Open(_directory.PathOf("file"))).Code.ShouldBe(ExitCode.DataDirectory);
    }

    [Fact]
    public void Claim_SameOwner_IsFine()
    {
        using var directory = DataDirectory.Open(_directory.FullPath);

        directory.Claim(Embedded);

        Should.NotThrow(() => directory.Claim(Embedded));
    }

    [Fact]
    public void Claim_ByTwoAtOnce_IsFineForBoth()
    {
        for (var i = 0; i < 50; i++)
        {
            using var directory = DataDirectory.Open(_directory.PathOf($"{i}"));

            Should.NotThrow(() => Parallel.Invoke(() => directory.Claim(Embedded), () => directory.Claim(Embedded)));

            directory.ReadOwner().ShouldBe(Embedded);
        }
    }

    [Fact]
    public void Claim_FileThatCannotBeWritten_IsRefusedAndSaysWhy()
    {
        using var directory = DataDirectory.Open(_directory.FullPath);
        Directory.CreateDirectory(_directory.PathOf("owner.json.new"));

        var refusal = Should.Throw<StartRefusedException>(() => directory.Claim(Embedded));

        refusal.Code.ShouldBe(ExitCode.DataDirectory);
        refusal.Message.ShouldStartWith($"{_directory.PathOf("owner.json")} cannot be written: ");
        refusal.InnerException.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("cluster-1", "embedded")]
    [InlineData("embedded", "http://registry:8081")]
    public void Claim_OtherClusterOrRegistry_IsRefusedAndSaysWhatToDo(string cluster, string registry)
    {
        using var directory = DataDirectory.Open(_directory.FullPath);
        directory.Claim(Embedded);

        var refusal = Should.Throw<StartRefusedException>(() => directory.Claim(new DataOwner(cluster, registry)));

        refusal.Code.ShouldBe(ExitCode.Configuration);
        refusal.Message.ShouldBe(
            $"The data directory {directory.Path} belongs to Kafka cluster 'embedded' and registry 'embedded', but this start is for Kafka cluster "
            + $"'{cluster}' and registry '{registry}'. What is kept there would go to the wrong place. Give this gateway another directory "
            + "with --Data:Directory=, go back to the former settings, or remove the directory if nothing in it is needed.");
    }
}
