using AdTracking.SchemaTool.Generation;
using AdTracking.SchemaTool.Reading;

namespace AdTracking.SchemaTool.Tests;

/// <summary>What is committed is what the generator makes, byte for byte.</summary>
public sealed class FreshnessTests
{
    private static readonly SourceSelection Committed = new(
        SchemaDirectory.Committed, Repository.PathOf("src", "AdTracking.Events", "Generated"), "AdTracking.Events", Repository.PathOf("docs", "events.md"));

    [Fact]
    public void Generate_CommittedSchemas_GivesTheCommittedBytes()
    {
        var files = Generator.Generate(SchemaFolder.Read(Committed.Schemas), Committed);

        files.Count.ShouldBeGreaterThan(30);
        foreach (var file in files)
        {
            File.ReadAllBytes(file.Path).ShouldBe(file.Bytes, $"{file.Path} is not fresh");
        }

        Freshness.StrayFiles(files, Committed.Output).ShouldBeEmpty();
    }

    [Fact]
    public void Generate_Twice_GivesTheSameBytes()
    {
        var first = Generator.Generate(SchemaFolder.Read(Committed.Schemas), Committed);
        var second = Generator.Generate(SchemaFolder.Read(Committed.Schemas), Committed);

        second.Select(file => (file.Path, file.Text)).ShouldBe(first.Select(file => (file.Path, file.Text)));
    }

    [Fact]
    public void Generate_WindowsLineEndsAndByteOrderMark_GivesTheSameText()
    {
        using var directory = SchemaDirectory.OfCommitted();
        foreach (var path in Directory.EnumerateFiles(directory.Schemas))
        {
            File.WriteAllText(path, File.ReadAllText(path).ReplaceLineEndings("\r\n"), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        }

        var files = Generator.Generate(SchemaFolder.Read(directory.Schemas), Committed with { Docs = null });

        foreach (var file in files)
        {
            file.Text.ShouldBe(File.ReadAllText(file.Path));
        }
    }

    [Fact]
    public void Generate_EveryRecord_HasTheSameSetOfFiles()
    {
        var names = Directory.EnumerateFiles(Committed.Output).Select(Path.GetFileName).ToHashSet();

        foreach (var record in (string[])["AdImpression", "AdClick", "AdEngagement"])
        {
            foreach (var part in (string[])["", "Schema", "Field", "Layout", "View"])
            {
                names.ShouldContain($"{record}{part}.g.cs");
            }
        }

        foreach (var record in (string[])["BadEvent", "LedgerEntry"])
        {
            foreach (var part in (string[])["", "Schema"])
            {
                names.ShouldContain($"{record}{part}.g.cs");
            }
        }
    }

    [Fact]
    public void Check_OptionsOfTheRepository_FindsEverythingFresh()
    {
        string[] options = [.. File.ReadAllLines(Repository.PathOf("src", "AdTracking.Events", "schemas.rsp"))
            .Where(line => !line.StartsWith('#'))
            .SelectMany(line => line.Split(' '))
            .Select(word => word.Contains('/', StringComparison.Ordinal) ? Repository.PathOf(word) : word)];

        ToolRun.Of(["check", .. options]).ShouldBe(new ToolRun(0, "", ""));
    }
}
