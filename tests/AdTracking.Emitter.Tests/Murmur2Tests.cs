
using AdTracking.Queue;

namespace AdTracking.Emitter.Tests;

/// <summary>Against values that Kafka's own class computed.</summary>
public sealed class Murmur2Tests
{
    public static TheoryData<string, uint, int, int> Table()
    {
        using var reader = new StreamReader(typeof(Murmur2Tests).Assembly.GetManifestResourceStream("murmur2.tsv")!);
        var rows = new TheoryData<string, uint, int, int>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var columns = line.Split('\t');
            rows.Add(columns[0], uint.Parse(columns[1]), int.Parse(columns[2]), int.Parse(columns[3]));
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Hash_KeysOfTheTable_AreKafkas(string key, uint hash, int ofTwelve, int ofThirtySix)
    {
        var computed = Murmur2.Hash(Convert.FromHexString(key));
        computed.ShouldBe(hash);
        Murmur2.Partition(computed, 12).ShouldBe(ofTwelve);
        Murmur2.Partition(computed, 36).ShouldBe(ofThirtySix);
    }
}
