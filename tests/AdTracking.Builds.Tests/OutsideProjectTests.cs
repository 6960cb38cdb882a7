using AdTracking.Testing;

namespace AdTracking.Builds.Tests;

/// <summary>A project of somebody else, with our packages from a local folder and no network: it adds a schema, uses its class, breaks the
/// schema and repairs it.</summary>
public sealed class OutsideProjectTests : IDisposable
{
    private const string Schema = """
        {
          "type": "record", "name": "Order", "namespace": "shop",
          "fields": [
            { "name": "id", "type": "string" },
            { "name": "amount", "type": ["null", "int", "string"], "default": null }
          ]
        }
        """;

    private const string Program = """
        using Shop;

        var order = new Order { Id = "a", Amount = 7 };
        byte[] room = new byte[100];
        return order.TryEncode(room, out int written) && Order.TryDecode(room.AsSpan(0, written), out Order? read) && read == order ? 42 : 1;
        """;

    private const string Checked = "adtracking-schema.dll\" check";

    private readonly TemporaryDirectory _folder = new("outside");

    private string Project => _folder.PathOf("Shop");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_SchemaIsAddedUsedBrokenAndRepaired_SaysSoOnTheRightLine()
    {
        await PackAsync("AdTracking.Avro");
        await PackAsync("AdTracking.SchemaTool");
        await WriteProjectAsync();

        // A schema without its class does not build; the package generates it, and the class works.
        await File.WriteAllTextAsync(Path.Combine(Project, "Schemas", "Order.avsc"), Schema);
        (await BuildAsync(1)).ShouldContain("Order.g.cs(1,1): error ADT3001: Order.avsc asks for this file");
        await BuildAsync(0, "GenerateSchemas");
        await File.WriteAllTextAsync(Path.Combine(Project, "Program.cs"), Program);
        (await BuildAsync(0)).ShouldContain(Checked);
        await DotnetAsync(42, "exec", Path.Combine("bin", "Debug", "net10.0", "Shop.dll"));
        await BuildAsync(0, "ReleaseSchemas");
        File.Exists(Path.Combine(Project, "schemas", "released", "shop.Order", "v1.avsc")).ShouldBeTrue();
        await BuildAsync(0);

        // Nothing changed: the target is skipped.
        var again = await BuildAsync(0);
        again.ShouldNotContain(Checked);
        again.ShouldContain("Skipping target \"CheckSchemas\" because all output files are up-to-date");

        // A field without a default breaks readers of released data, whatever the code looks like; with one it does not.
        await ChangeAsync("\"type\": \"string\" },", "\"type\": \"string\" },\n    { \"name\": \"currency\", \"type\": \"string\" },");
        await BuildAsync(0, "GenerateSchemas");
        var broken = await BuildAsync(1);
        broken.ShouldMatch(@"Order\.avsc\(5,5\): error ADT4006: .*currency.*READER_FIELD_MISSING_DEFAULT_VALUE, shop\.Order v1");
        await ChangeAsync("\"currency\", \"type\": \"string\" }", "\"currency\", \"type\": \"string\", \"default\": \"EUR\" }");
        (await BuildAsync(1)).ShouldContain("error ADT3002: this is not what comes of Order.avsc");
        await BuildAsync(0, "GenerateSchemas");
        await BuildAsync(0);
        await DotnetAsync(42, "exec", Path.Combine("bin", "Debug", "net10.0", "Shop.dll"));
    }

    private Task<string> PackAsync(string project) => DotnetAsync(
        0, "pack", Repository.PathOf("src", project), "-c", Repository.Configuration, "--no-build", "-o", _folder.PathOf("feed"), "-nodeReuse:false");

    // A console project as `dotnet new console` makes it, strict, with package references.
    private async Task WriteProjectAsync()
    {
        Directory.CreateDirectory(Path.Combine(Project, "Schemas"));
        await File.WriteAllTextAsync(_folder.PathOf("nuget.config"), """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="local" value="feed" /></packageSources>
            </configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(Project, "Shop.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AdTracking.Avro" Version="0.1.0" />
                <PackageReference Include="AdTracking.SchemaTool" Version="0.1.0" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(Project, "Program.cs"), "return 42;\n");
        await DotnetAsync(0, "restore", "-nodeReuse:false");
    }

    private async Task ChangeAsync(string from, string to)
    {
        var path = Path.Combine(Project, "Schemas", "Order.avsc");
        var text = await File.ReadAllTextAsync(path);
        text.ShouldContain(from);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    private Task<string> BuildAsync(int exitCode, string target = "Build") =>
        DotnetAsync(exitCode, ["build", $"-t:{target}", "--no-restore", "-v:normal", .. CompilerProcess.Arguments]);

    private async Task<string> DotnetAsync(int exitCode, params string[] arguments)
    {
        var directory = Directory.Exists(Project) ? Project : _folder.FullPath;
        var run = await ToolProcess.RunAsync("dotnet", arguments, TimeSpan.FromMinutes(3), directory: directory);
        run.ExitCode.ShouldBe(exitCode, $"dotnet {string.Join(' ', arguments)}\n{run.Output}\n{run.Errors}");
        return run.Output;
    }
}
