using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace AdTracking.Avro.Testing;

/// <summary>Generators: values near every power of two, where encodings change their length; seeds for random trees.</summary>
internal static class Fuzz
{
    public static Arbitrary<long> Longs() =>
        (from bit in Gen.Choose(0, 63)
         from around in Gen.Choose(-3, 3)
         from flip in Gen.Elements(true, false)
         let near = unchecked((1L << bit) + around)
         select flip ? ~near : near).ToArbitrary();

    public static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>So many cases, the same in every run (<see cref="AdTracking.Testing.Seeds"/>).</summary>
    public static Config Configuration(int count) => Config.QuickThrowOnFailure.WithMaxTest(count)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)AdTracking.Testing.Seeds.Start), FSharpOption<int>.None)));

    /// <summary>Runs a property over many seeds; a failure prints the seed.</summary>
    public static void ForSeeds(int count, Action<Random> body) =>
        Check.One(
            Configuration(count),
            Prop.ForAll(Seeds(), seed => body(new Random(seed))));
}
