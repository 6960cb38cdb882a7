using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>InteropUnionField.g.cs</c>: a union of more than null and one type, as a struct that knows which branch it holds.</summary>
internal static class UnionFile
{
    /// <summary>The text of the struct's file.</summary>
    public static string Of(UnionSchema union, TypeNames names, string origin)
    {
        var name = names.Of(union);
        var branches = UnionBranch.Of(union);
        var members = UnionBranch.Members(union).ToDictionary(static member => member, static _ => "", StringComparer.Ordinal);
        var scope = new CodeScope(names, name.Namespace, members);
        var kind = scope.Kind(union);
        var code = CodeFile.Start(origin, name.Namespace, CodeFile.AvroUsings);
        code.Summary($"One of: {Listed(union)}.{(union.NullIndex >= 0 ? " Null is C#'s own." : "")}");
        code.Open($"public readonly record struct {name.Name}");
        code.Summary("Which of them it is.").Line($"public {kind} Kind {{ get; private init; }}");
        AddHeld(code, branches, scope);
        foreach (var branch in branches)
        {
            AddAccess(code, branch, branches, scope, (name.Name, kind));
        }

        AddDecode(code, union, branches, scope, name.Name);
        AddEncode(code, branches, scope, kind);
        AddText(code, branches, kind);
        return code.Close().ToString();
    }

    /// <summary>The text of the file of the enum: its numbers are the places of the branches.</summary>
    public static string KindOf(UnionSchema union, TypeNames names, string origin)
    {
        var name = names.Of(union);
        var code = CodeFile.Start(origin, name.Namespace);
        code.Summary($"What a {name.Name} can be.").Open($"public enum {name.Name}Kind");
        foreach (var branch in UnionBranch.Of(union))
        {
            code.Summary($"{branch.Schema.BranchName}.").Line($"{branch.Name} = {branch.Index},");
        }

        return code.Close().ToString();
    }

    private static string Listed(UnionSchema union) => string.Join(", ", union.Branches.Select(static branch => branch.BranchName));

    private static void AddHeld(CodeText code, IReadOnlyList<UnionBranch> branches, CodeScope scope)
    {
        if (branches.Any(static branch => branch.IsReference))
        {
            code.Line().Line("private object? Reference { get; init; }");
        }

        foreach (var branch in branches.Where(static branch => !branch.IsReference))
        {
            code.Line().Line($"private {scope.TypeOf(branch.Schema)} Held{branch.Name} {{ get; init; }}");
        }
    }

    private static void AddAccess(
        CodeText code, UnionBranch branch, IReadOnlyList<UnionBranch> branches, CodeScope scope, (string Self, string Kind) union)
    {
        var type = scope.TypeOf(branch.Schema);
        var held = branch.IsReference ? $"Reference as {type}" : $"Held{branch.Name}";
        code.Line().Summary($"The {branch.Schema.BranchName}, or null where it is something else.");
        code.Line($"public {type}? As{branch.Name} => Kind == {union.Kind}.{branch.Name} ? {held} : null;");
        code.Line().Summary($"Holds this {branch.Schema.BranchName}.");
        var setting = $"{(branch.IsReference ? "Reference" : "Held" + branch.Name)} = value";
        code.Line($"public static {union.Self} From{branch.Name}({type} value) => new() {{ Kind = {union.Kind}.{branch.Name}, {setting} }};");
        if (branches.Count(other => scope.TypeOf(other.Schema) == type) > 1)
        {
            return;
        }

        code.Line().Summary($"Holds this {branch.Schema.BranchName}.");
        code.Line($"public static implicit operator {union.Self}({type} value) => From{branch.Name}(value);");
    }

    private static void AddDecode(CodeText code, UnionSchema union, IReadOnlyList<UnionBranch> branches, CodeScope scope, string self)
    {
        var mark = union.NullIndex >= 0 ? "?" : "";
        code.Line().Summary("Reads one; the reader's error says where the data holds none.");
        code.Open($"public static {self}{mark} Decode(ref AvroReader reader)");
        code.Open($"return reader.ReadUnionIndex({union.Branches.Count}) switch");
        foreach (var branch in branches)
        {
            code.Line($"{branch.Index} => From{branch.Name}({ReadCode.Of(branch.Schema, scope)}),");
        }
        // Typed: by way of an implicit conversion a bare null could become a union that holds null.
        code.Line(union.NullIndex >= 0 ? $"_ => default({self}?)," : "_ => default,").Close("};").Close();
    }

    private static void AddEncode(CodeText code, IReadOnlyList<UnionBranch> branches, CodeScope scope, string kind)
    {
        code.Line().Summary("Writes it. Allocates nothing; the writer fails where nothing was chosen.");
        code.Open("public void Encode(ref AvroWriter writer)");
        code.Line("writer.WriteUnionIndex((int)Kind);");
        code.Open("switch (Kind)");
        var names = new LocalNames();
        foreach (var branch in branches)
        {
            var value = branch.IsReference ? names.Next("some") : $"Held{branch.Name}";
            code.Line($"case {kind}.{branch.Name}{(branch.IsReference ? $" when As{branch.Name} is {{ }} {value}" : "")}:").Indent();
            WriteCode.Add(code, branch.Schema, value, scope, names);
            code.Line("break;").Unindent();
        }

        code.Line("default:").Indent().Line("writer.Fail();").Line("break;").Unindent();
        code.Close().Close();
    }

    private static void AddText(CodeText code, IReadOnlyList<UnionBranch> branches, string kind)
    {
        code.Line().Summary("The value that it holds.");
        code.Line("public override string ToString() =>").Indent().Open("Kind switch");
        foreach (var branch in branches)
        {
            code.Line($"{kind}.{branch.Name} => RecordText.Of({(branch.IsReference ? "Reference" : "Held" + branch.Name)}),");
        }

        code.Line("_ => \"\",").Close("};").Unindent();
    }
}
