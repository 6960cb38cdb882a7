using AdTracking.Avro.Wire;
using AdTracking.Testing;

namespace AdTracking.Builds.Tests;

/// <summary>Generated classes of every shape in a strict project, analysers and all; the generator's own tests compile them in process.</summary>
public sealed class AnySchemaBuildTests : IDisposable
{
    private readonly SchemaDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Build_ManyShapes_HasNoWarningAndGivesTheSameBytes()
    {
        var data = Path.Combine(_directory.Output, "data");
        _directory.Write("shape.avsc", Shapes.Schema);
        var generate = ToolRun.Of("generate", "--schemas", _directory.Schemas, "--output", _directory.Output);
        generate.ShouldBe(new ToolRun(0, "9 files changed." + Environment.NewLine, ""));
        var bytes = Shapes.BytesOf(Shapes.Json);
        await File.WriteAllBytesAsync(data, bytes);
        await WriteProjectAsync();

        var build = await ToolProcess.RunAsync(
            "dotnet", ["build", _directory.Output, "-nologo", "-v:quiet", .. CompilerProcess.Arguments], TimeSpan.FromMinutes(3));
        build.ExitCode.ShouldBe(0, build.Output);
        var run = await ToolProcess.RunAsync("dotnet", [Path.Combine(_directory.Output, "bin", "Debug", "net10.0", "Probe.dll"), data]);

        run.ExitCode.ShouldBe(0, run.Errors);
        Convert.FromHexString(run.Output.Trim()).ShouldBe(bytes);
    }

    private async Task WriteProjectAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Output, "Probe.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost>
                <Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-recommended</AnalysisLevel><GenerateDocumentationFile>true</GenerateDocumentationFile>
              </PropertyGroup>
              <ItemGroup><Reference Include="{typeof(AvroWriter).Assembly.Location}" /></ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(_directory.Output, "Program.cs"), """
            if (!My.Shapes.Shape.TryDecode(File.ReadAllBytes(args[0]), out My.Shapes.Shape? shape))
                return 1;
            byte[] room = new byte[4096];
            if (!shape.TryEncode(room, out int written))
                return 2;
            Console.WriteLine(Convert.ToHexString(room.AsSpan(0, written)));
            return shape.ToString().Length > 0 ? 0 : 3;
            """);
    }
}
