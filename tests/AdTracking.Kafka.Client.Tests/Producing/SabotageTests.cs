using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AdTracking.Kafka.Client.Tests.Producing;

/// <summary>The schedules must object to a producer that is broken on purpose: its source is changed in one place and compiled with the
/// brokers in memory.</summary>
public sealed class SabotageTests(ITestOutputHelper output)
{
    private const int SchedulesMax = 400;
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("AdTracking.Kafka", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly IReadOnlyList<(string Name, SyntaxTree Tree)> Sources = ReadSources();

    [Fact]
    public void Schedules_NothingBroken_Hold() => FirstFailure(Compile(file: null, "", ""), 100).ShouldBeNull();

    [Theory]
    [InlineData(
        "a sequence number that is one too high", "ProducerPartition.cs",
        "Later(NextSequence, batch.SequenceCount)", "Later(NextSequence, batch.SequenceCount + 1)")]
    [InlineData(
        "a retry out of order", "ProducerPartition.cs",
        "Open.Find(batch => batch.State == BatchState.Waiting)", "Open.FindLast(batch => batch.State == BatchState.Waiting)")]
    [InlineData("a lost entry of what is in flight", "ProducerCore.cs", "_answers.Lose(partition, batch, nowMs);", "_ = batch;")]
    [InlineData(
        "more than one batch before the first is acknowledged", "ProducerPartition.cs",
        "(isCareful ? 1 : inFlightMax)", "inFlightMax")]
    [InlineData("what was refused keeps its sequence numbers", "ProducerPartition.cs", "NextSequence = _rewindTo;", "")]
    [InlineData("a doubt is taken for a delivery", "ErrorKinds.cs", "_ => ErrorKind.Retry,", "_ => ErrorKind.Delivered,")]
    [InlineData(
        "a refusal of what may be stored is believed", "ProduceAnswers.cs",
        "if (IsTooLate(partition, batch, row.Error))", "if (false)")]
    [InlineData(
        "what may be stored is given back", "ProduceAnswers.cs",
        " || (batch.State == BatchState.Waiting && batch.MayBeStored)", "")]
    [InlineData(
        "what stands behind a refused batch is sent on", "ProducerPartition.cs",
        "_isRewinding ? BatchState.Undone : BatchState.Waiting", "BatchState.Waiting")]
    public void Schedules_BrokenProducer_Object(string what, string file, string original, string broken)
    {
        var failure = FirstFailure(Compile(file, original, broken), SchedulesMax);

        output.WriteLine($"{what}: {failure}");
        failure.ShouldNotBeNull(what);
    }

    private string? FirstFailure(byte[] assembly, int schedules)
    {
        var context = new AssemblyLoadContext("sabotage", isCollectible: true);
        try
        {
            var type = context.LoadFromStream(new MemoryStream(assembly)).GetType(typeof(Schedule).FullName!, throwOnError: true)!;
            return (string?)type.GetMethod(nameof(Schedule.FirstFailure), BindingFlags.Public | BindingFlags.Static)!
                .Invoke(null, [Seeds.Next(output), schedules]);
        }
        finally
        {
            context.Unload();
        }
    }

    private static byte[] Compile(string? file, string original, string broken)
    {
        var trees = Sources.Select(source => source.Name == file ? Break(source.Tree, original, broken) : source.Tree);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create("Sabotage" + Guid.NewGuid().ToString("N"), trees, References, options).Emit(image);
        result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString()).ShouldBeEmpty();
        return image.ToArray();
    }

    private static SyntaxTree Break(SyntaxTree tree, string original, string broken)
    {
        var text = tree.ToString();
        text.Split(original).Length.ShouldBe(2, $"once in the source: {original}");
        return CSharpSyntaxTree.ParseText(text.Replace(original, broken, StringComparison.Ordinal), Parsing);
    }

    // The producer, the brokers in memory, and what both tests share.
    private static IReadOnlyList<(string Name, SyntaxTree Tree)> ReadSources()
    {
        var own = Repository.PathOf("tests", "AdTracking.Kafka.Client.Tests");
        var files = SourcesIn(Repository.PathOf("src", "AdTracking.Kafka"))
            .Concat(SourcesIn(Repository.PathOf("tests", "AdTracking.Kafka.Client.Testing")))
            .Concat(SourcesIn(Path.Combine(own, "Broker")))
            .Append(Path.Combine(own, "Producing", "ProducerRun.cs"))
            .Append(Path.Combine(own, "Producing", "Schedule.cs"));
        string[] spaces =
        [
            "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
            "Shouldly", "AdTracking.Kafka.Client.Testing",
        ];
        var usings = string.Concat(spaces.Select(space => $"global using global::{space};\n"));
        return
        [
            .. files.Select(path => (Path.GetFileName(path), CSharpSyntaxTree.ParseText(File.ReadAllText(path), Parsing))),
            ("Usings.cs", CSharpSyntaxTree.ParseText(usings, Parsing)),
        ];
    }

    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
