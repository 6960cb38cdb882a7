namespace AdTracking.Avro.Tests;

/// <summary>Reads schema-tests.txt: INPUT (on one line, or up to a line "INPUT"), canonical, fingerprint (signed; not everywhere).</summary>
internal static class SchemaVectors
{
    public static TheoryData<string, string, string?> All()
    {
        TheoryData<string, string, string?> cases = [];
        string? input = null, canonical = null, fingerprint = null;
        using StringReader text = new(File.ReadAllText(TestData.PathOf("schema-tests.txt")));
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith("<<INPUT", StringComparison.Ordinal))
            {
                Add();
                input = line["<<INPUT".Length..];
                if (input.Length == 0)
                {
                    input = ReadUntil(text, "INPUT");
                }
            }
            else if (line.StartsWith("<<canonical ", StringComparison.Ordinal))
            {
                canonical = line["<<canonical ".Length..];
            }
            else if (line.StartsWith("<<fingerprint ", StringComparison.Ordinal))
            {
                fingerprint = line["<<fingerprint ".Length..];
            }
        }

        Add();
        return cases;

        void Add()
        {
            if (input is not null)
            {
                cases.Add(input, canonical!, fingerprint);
            }

            fingerprint = null;
        }
    }

    private static string ReadUntil(StringReader text, string end)
    {
        List<string> lines = [];
        while (text.ReadLine() is { } line && line != end)
        {
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }
}
