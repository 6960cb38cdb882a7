using AdTracking.EmbeddedRegistry.Storage;

namespace AdTracking.EmbeddedRegistry.Tests;

public sealed class DurableFileTests
{
    [Fact]
    public void Replace_File_LeavesNoTemporaryBehind()
    {
        using var directory = new TemporaryDirectory("file");
        DurableFile.Replace(directory.PathOf("f"), "one"u8);
        DurableFile.Replace(directory.PathOf("f"), "2"u8);

        File.ReadAllText(directory.PathOf("f")).ShouldBe("2");
        Directory.GetFiles(directory.FullPath).ShouldBe([directory.PathOf("f")]);
    }
}
