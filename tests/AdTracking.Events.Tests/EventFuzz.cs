using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace AdTracking.Events.Tests;

/// <summary>Runs properties over random sources; a failure prints the seed, and FsCheck the whole case.</summary>
internal static class EventFuzz
{
    /// <summary>So many cases, the same in every run (<see cref="Testing.Seeds"/>).</summary>
    public static Config Configuration(int count) => Config.QuickThrowOnFailure.WithMaxTest(count)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)Testing.Seeds.Start), FSharpOption<int>.None)));

    /// <summary>Runs a property over many seeds.</summary>
    public static void ForSeeds(int count, Action<Random> body) =>
        Check.One(
            Configuration(count),
            Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => body(new Random(seed))));

    /// <summary>The bytes after a few random changes: flipped, removed, doubled, or replaced by bytes that JSON cares about.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var result = bytes.ToList();
        for (var change = random.Next(1, 4); change > 0 && result.Count > 0; change--)
        {
            var at = random.Next(result.Count);
            switch (random.Next(5))
            {
                case 0: result[at] = (byte)random.Next(256); break;
                case 1: result.RemoveAt(at); break;
                case 2: result.Insert(at, result[at]); break;
                case 3: result[at] = Interesting(random); break;
                default: result.Insert(at, Interesting(random)); break;
            }
        }

        return [.. result];
    }

    private static byte Interesting(Random random)
    {
        var bytes = "\"\\{}[],:0-+.eEtfnu \n\t\r\0\u001f/"u8;
        var at = random.Next(bytes.Length + 3);
        return at < bytes.Length ? bytes[at] : (byte)(0x80 + (40 * (at - bytes.Length)));
    }
}
