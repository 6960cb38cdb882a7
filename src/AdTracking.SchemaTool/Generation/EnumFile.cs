using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>SigStatus.g.cs</c>: an enum whose numbers are the indexes of Avro's symbols.</summary>
internal static class EnumFile
{
    /// <summary>The text of the file.</summary>
    public static string Of(EnumSchema symbols, CSharpName name, string origin)
    {
        var code = CodeFile.Start(origin, name.Namespace);
        code.Summary(symbols.Doc ?? $"The enum {symbols.FullName}.");
        code.Open($"public enum {name.Name}");
        var members = CSharpNames.Members(symbols);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            code.Summary(symbols.Symbols[i] == symbols.Default
                ? $"{symbols.Symbols[i]}: also what a reader takes for a symbol it does not know."
                : $"{symbols.Symbols[i]}.");
            code.Line($"{members[i]} = {i},");
        }

        return code.Close().ToString();
    }
}
