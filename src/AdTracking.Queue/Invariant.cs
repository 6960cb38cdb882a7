using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AdTracking.Queue;

/// <summary>Assertions that stay in release builds: going on after one of these fails would lose or double events.</summary>
internal static class Invariant
{
    /// <summary>Ends the pipeline's thread, and with it the process, when a rule that everything rests on does not hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Holds([DoesNotReturnIf(false)] bool condition, string rule)
    {
        if (!condition)
        {
            Broken(rule);
        }
    }

    [DoesNotReturn]
    private static void Broken(string rule) => throw new UnreachableException("Invariant broken: " + rule);
}
