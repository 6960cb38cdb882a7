using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AdTracking.House.Tests;

/// <summary>Files and functions stay small enough to be read in one sitting.</summary>
public sealed class SizeTests
{
    private const int FileLinesMax = 300;
    private const int FunctionLinesMax = 70;
    private const int ColumnsMax = 160;

    [Fact]
    public void Files_Sources_AreAtMost300Lines() =>
        Repository.Sources().Where(path => Repository.Read(path).Split('\n').Length - 1 > FileLinesMax).ShouldBeEmpty();

    [Fact]
    public void Lines_Sources_AreAtMost160Columns() =>
        Repository.Sources().SelectMany(path => Repository.Read(path).Split('\n')
            .Select((line, index) => (line, at: $"{path}:{index + 1}")).Where(row => row.line.Length > ColumnsMax).Select(row => row.at))
            .ShouldBeEmpty();

    [Fact]
    public void Functions_Sources_AreAtMost70Lines() => Repository.Sources().SelectMany(LongFunctions).ShouldBeEmpty();

    [Fact]
    public void Summaries_Sources_BeginOnTheLineOfTheirTag() => Repository.Sources().Where(path => Repository.Read(path).Split('\n')
        .Any(line => line.Trim() == "/// <" + "summary>")).ShouldBeEmpty();

    [Fact]
    public void Regions_Sources_AreNotUsed() =>
        Repository.Sources().Where(path => Repository.Read(path).Contains("\n#" + "region", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void LongFunctions_FunctionOf71Lines_IsFound() =>
        LongFunctions("made-up.cs", $"class C {{ void F()\n{{\n{string.Concat(Enumerable.Repeat("G();\n", 69))}}} }}").Count().ShouldBe(1);

    private static IEnumerable<string> LongFunctions(string path) => LongFunctions(path, Repository.Read(path));

    private static IEnumerable<string> LongFunctions(string path, string text) =>
        from node in CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let span = WithoutDocumentation(node)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > FunctionLinesMax
        select $"{path}:{span.StartLinePosition.Line + 1} ({lines} lines)";

    private static FileLinePositionSpan WithoutDocumentation(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span);
}
