using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AdTracking.House.Tests;

/// <summary>Which folders of a project depend on which, read from the names of types in its files. Generated files belong to the folder
/// above theirs, as their namespace does.</summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, string> _folderOfType = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _edges = new(StringComparer.Ordinal);

    /// <summary>Reads files: their paths relative to the project, and their texts.</summary>
    public FolderGraph(IEnumerable<(string Path, string Text)> files)
    {
        var parsed = files.Select(file => (Folder: FolderOf(file.Path), file.Path, Root: Parse(file.Text))).ToList();
        foreach (var (folder, _, root) in parsed)
        {
            _edges.TryAdd(folder, new SortedDictionary<string, string>(StringComparer.Ordinal));
            foreach (var type in DeclaredTypes(root))
            {
                _folderOfType[type] = folder;
            }
        }

        foreach (var (folder, path, root) in parsed)
        {
            foreach (var name in UsedNames(root))
            {
                if (_folderOfType.TryGetValue(name, out var other) && other != folder)
                {
                    _edges[folder].TryAdd(other, $"{path} uses {name}");
                }
            }
        }
    }

    /// <summary>Pairs of folders of which each uses the other, with an example of either use.</summary>
    public IEnumerable<string> MutualPairs() =>
        from edge in _edges
        from other in edge.Value
        where string.CompareOrdinal(edge.Key, other.Key) < 0 && _edges[other.Key].ContainsKey(edge.Key)
        select $"{Shown(edge.Key)} <-> {Shown(other.Key)}: {other.Value}; {_edges[other.Key][edge.Key]}";

    /// <summary>Folders from which a way leads back to themselves, as one line for each such circle's members.</summary>
    public IEnumerable<string> Circles()
    {
        var reach = _edges.Keys.ToDictionary(folder => folder, Reachable, StringComparer.Ordinal);
        return reach.Where(from => from.Value.Contains(from.Key))
            .Select(from => string.Join(" ", reach.Where(to => from.Value.Contains(to.Key) && to.Value.Contains(from.Key)).Select(to => Shown(to.Key))))
            .Distinct(StringComparer.Ordinal);
    }

    private static CompilationUnitSyntax Parse(string text) => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None)).GetCompilationUnitRoot();

    private static string FolderOf(string path) =>
        string.Join('/', path.Split('/')[..^1].Where(part => part != "Generated"));

    private static IEnumerable<string> DeclaredTypes(CompilationUnitSyntax root) => root.DescendantNodes().OfType<MemberDeclarationSyntax>()
        .Where(member => member.Parent is BaseNamespaceDeclarationSyntax)
        .Select(member => member switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => "",
        });

    // What stands right of a dot is a member, unless a namespace is left of it; that is written as a using here.
    private static IEnumerable<string> UsedNames(CompilationUnitSyntax root) =>
        root.DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => name.Parent is not UsingDirectiveSyntax
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
                && name.Parent is not (NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax)
                && !(name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } set && set.Left == name))
            .Select(name => name.Identifier.Text)
            .Distinct(StringComparer.Ordinal);

    private static string Shown(string folder) => folder.Length == 0 ? "(root)" : folder;

    private HashSet<string> Reachable(string folder)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(_edges[folder].Keys);
        while (next.TryPop(out var at))
        {
            if (reached.Add(at))
            {
                foreach (var further in _edges[at].Keys)
                {
                    next.Push(further);
                }
            }
        }

        return reached;
    }
}
