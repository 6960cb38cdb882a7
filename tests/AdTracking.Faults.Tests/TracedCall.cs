using System.Globalization;
using System.Text.RegularExpressions;

namespace AdTracking.Faults.Tests;

/// <summary>A system call in a trace: where in the trace it began and ended. Lines stand in the order of what happened; a call during which
/// something else happened takes two.</summary>
/// <param name="Name">The call.</param>
/// <param name="Handle">Its first argument.</param>
/// <param name="Text">The beginning of what was read or written.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Begin">The line at which it began.</param>
/// <param name="End">The line at which it had ended.</param>
/// <param name="BeginMs">When it began, in milliseconds; on any clock.</param>
/// <param name="EndMs">When its last line was written.</param>
internal sealed partial record TracedCall(
    string Name, int Handle, string Text, long Result, int Begin, int End, double BeginMs, double EndMs)
{
    /// <summary>Reads what <c>strace -f -ttt</c> wrote.</summary>
    public static List<TracedCall> Read(IEnumerable<string> lines)
    {
        var calls = new List<TracedCall>();
        var unfinished = new Dictionary<string, (string Text, int Begin, double Ms)>(StringComparer.Ordinal);
        var at = 0;
        foreach (var line in lines)
        {
            at++;
            var start = Start().Match(line);
            if (!start.Success)
            {
                continue;
            }

            var thread = start.Groups[1].Value;
            var ms = double.Parse(start.Groups[2].Value, CultureInfo.InvariantCulture) * 1_000;
            var text = line[start.Length..];
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                unfinished[thread] = (text[..^16], at, ms);
            }
            else if (text.StartsWith("<... ", StringComparison.Ordinal) && unfinished.Remove(thread, out var begun))
            {
                Add(calls, begun.Text + text[(text.IndexOf("resumed>", StringComparison.Ordinal) + 8)..], (begun.Begin, at), (begun.Ms, ms));
            }
            else
            {
                Add(calls, text, (at, at), (ms, ms));
            }
        }

        return calls;
    }

    private static void Add(List<TracedCall> calls, string text, (int Begin, int End) lines, (double Begin, double End) ms)
    {
        var head = Head().Match(text);
        var result = Returned().Match(text);
        if (!head.Success || !result.Success)
        {
            return;
        }

        calls.Add(new TracedCall(
            head.Groups[1].Value,
            int.Parse(head.Groups[2].Value, CultureInfo.InvariantCulture),
            Quoted().Match(text) is { Success: true } quoted ? quoted.Groups[1].Value : "",
            long.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture),
            lines.Begin,
            lines.End,
            ms.Begin,
            ms.End));
    }

    [GeneratedRegex(@"^(\d+) +(\d+\.\d+) +")]
    private static partial Regex Start();

    [GeneratedRegex(@"^(\w+)\((\d+)")]
    private static partial Regex Head();

    [GeneratedRegex(@"\) *= (-?\d+)")]
    private static partial Regex Returned();

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Quoted();
}
