using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>The real file system says what the seam promises.</summary>
public sealed class PosixFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new("files");
    private readonly PosixFiles _files;

    public PosixFilesTests() => _files = new PosixFiles(_directory.FullPath);

    public void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Create_NewFile_IsOwnersOnlyAndReadBack()
    {
        var handle = _files.Create("a.seg");
        handle.ShouldBeGreaterThan(2);
        _files.Write(handle, "hello"u8, 10).ShouldBe(5);
        _files.Length(handle).ShouldBe(15);
        var bytes = new byte[20];
        _files.Read(handle, bytes, 8).ShouldBe(7);
        bytes.AsSpan(0, 7).SequenceEqual("\0\0hello"u8).ShouldBeTrue();
        _files.Read(handle, bytes, 15).ShouldBe(0);
        _files.Sync(handle).ShouldBe(0);
        _files.SyncDirectory().ShouldBe(0);
        _files.SyncDirectory().ShouldBe(0);
        _files.Close(handle).ShouldBe(0);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_directory.PathOf("a.seg")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Allocate_NewFile_IsThatLongAndZero()
    {
        var handle = _files.Create("a.seg");
        _files.Allocate(handle, 100_000).ShouldBeOneOf(0, -Errno.NotSupported);
        _files.Reserve(handle, 100_000).ShouldBe(0);
        _files.Length(handle).ShouldBe(100_000);
        _files.Close(handle);
        File.ReadAllBytes(_directory.PathOf("a.seg")).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Calls_WrongUse_SayTheSystemsError()
    {
        var handle = _files.Create("a.seg");
        _files.Create("a.seg").ShouldBe(-Errno.Exists);
        _files.Open("b.seg", writable: false).ShouldBe(-Errno.NoEntry);
        _files.Delete("b.seg").ShouldBe(-Errno.NoEntry);
        _files.Write(-1, "x"u8, 0).ShouldBe(-Errno.BadHandle);
        _files.Read(-1, new byte[1], 0).ShouldBe(-Errno.BadHandle);
        _files.Sync(-1).ShouldBe(-Errno.BadHandle);
        _files.Length(-1).ShouldBe(-Errno.BadHandle);
        _files.Close(-1).ShouldBe(-Errno.BadHandle);
        _files.Allocate(handle, 0).ShouldBe(-Errno.Invalid);
        var reading = _files.Open("a.seg", writable: false);
        _files.Write(reading, "x"u8, 0).ShouldBe(-Errno.BadHandle);
        _files.Close(reading);
        _files.Close(handle);
        Errno.Text(-Errno.NoSpace).ShouldContain("space");
    }

    [Fact]
    public void List_Directory_NamesItsFiles()
    {
        _files.Close(_files.Create("a.seg"));
        _files.Close(_files.Create("a.notes"));
        Directory.CreateDirectory(_directory.PathOf("folder.seg"));
        var names = new List<string>();
        _files.List(names).ShouldBe(0);
        names.ShouldBe(["a.seg", "a.notes"], ignoreOrder: true);
        _files.Delete("a.seg").ShouldBe(0);
        names.Clear();
        _files.List(names);
        names.ShouldBe(["a.notes"]);
    }

    [Fact]
    public void Calls_DirectoryThatIsNotThere_SaySo()
    {
        using var files = new PosixFiles(_directory.PathOf("none"));
        files.List([]).ShouldBe(-Errno.NoEntry);
        files.Create("a").ShouldBe(-Errno.NoEntry);
        files.SyncDirectory().ShouldBe(-Errno.NoEntry);
    }

    [Fact]
    public void Segment_OnTheRealFileSystem_IsReadBack()
    {
        using var sample = new SampleJournal(new Random(4));
        var segment = JournalSegment.Create(_files, 7, 1024 * 1024, 8192, SampleJournal.BootId, out var error)!;
        error.ShouldBe(0);
        var header = sample.NextHeader();
        header.PlaceIn(segment);
        SampleGroup[] groups = [new(0, 0, 1, [SampleEvent.Random(new Random(1), 600)])];
        segment.Write(sample.Encode(header, groups), out _).ShouldBe(0);
        segment.Sync().ShouldBe(0);
        segment.WriteNote(new Note(header.BatchId, header.BootId, 5, header.Mark)).ShouldBe(0);
        segment.Close();

        var content = JournalContent.Read(_files, "0000000000000007.seg");
        content.IsDamaged.ShouldBeFalse();
        content.Groups[header.BatchId].ShouldBe(groups);
        content.Scan.Notes.Single().Mark.ShouldBe(header.Mark);
    }
}
