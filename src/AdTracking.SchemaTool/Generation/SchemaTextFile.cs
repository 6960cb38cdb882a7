using System.Globalization;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>AdImpressionSchema.g.cs</c>: the text of the schema, as the file has it.</summary>
internal static class SchemaTextFile
{
    /// <summary>The text of the file.</summary>
    /// <param name="record">The record, for its revision.</param>
    /// <param name="schema">The schema: the record, or what stands in its place.</param>
    /// <param name="json">The text of the schema.</param>
    /// <param name="name">Name of the record.</param>
    /// <param name="origin">The schema file.</param>
    public static string Of(RecordModel record, AvroSchema schema, string json, CSharpName name, string origin)
    {
        var code = CodeFile.Start(origin, name.Namespace);
        code.Line($"/// <summary>The schema of <see cref=\"{name.Name}\"/>.</summary>");
        code.Open($"public static class {name.Name}Schema");
        code.Summary($"Full name of the {schema.TypeName}.").Line($"public const string FullName = \"{schema.BranchName}\";").Line();
        code.Summary("Revision of the contract.").Line($"public const int Revision = {record.Revision};").Line();
        code.Summary("CRC-64-AVRO fingerprint of the Parsing Canonical Form.");
        var fingerprint = SchemaFingerprint.Crc64(schema).ToString("X16", CultureInfo.InvariantCulture);
        code.Line($"public const ulong Fingerprint = 0x{fingerprint};").Line();
        code.Summary("The schema: what is written, and what is registered.");
        string quotes = new('"', Math.Max(3, LongestQuotes(json) + 1));
        code.Line($"public const string Json = {quotes}").Raw(json).Raw($"{quotes};");
        return code.Close().ToString();
    }

    private static int LongestQuotes(string text)
    {
        var longest = 0;
        for (int i = 0, run = 0; i < text.Length; i++)
        {
            run = text[i] == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
