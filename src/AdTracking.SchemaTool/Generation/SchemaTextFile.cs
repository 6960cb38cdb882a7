using System.Globalization;
using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary><c>AdImpressionSchema.g.cs</c>: the text of the schema, as the file has it.</summary>
internal static class SchemaTextFile
{
    /// <summary>The text of the file.</summary>
    public static string Of(RecordModel record, string json, string origin, string ns)
    {
        CodeText code = CodeFile.Start(origin, ns);
        code.Line($"/// <summary>The schema of <see cref=\"{CSharpNames.Pascal(record.Name)}\"/>.</summary>");
        code.Open($"public static class {CSharpNames.Pascal(record.Name)}Schema");
        code.Summary("Full name of the record.").Line($"public const string FullName = \"{record.Schema.FullName}\";").Line();
        code.Summary("Revision of the contract.").Line($"public const int Revision = {record.Revision};").Line();
        code.Summary("CRC-64-AVRO fingerprint of the Parsing Canonical Form.");
        string fingerprint = SchemaFingerprint.Crc64(record.Schema).ToString("X16", CultureInfo.InvariantCulture);
        code.Line($"public const ulong Fingerprint = 0x{fingerprint};").Line();
        code.Summary("The schema: what is written, and what is registered.");
        string quotes = new('"', Math.Max(3, LongestQuotes(json) + 1));
        code.Line($"public const string Json = {quotes}").Raw(json).Raw($"{quotes};");
        return code.Close().ToString();
    }

    private static int LongestQuotes(string text)
    {
        int longest = 0;
        for (int i = 0, run = 0; i < text.Length; i++)
        {
            run = text[i] == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
