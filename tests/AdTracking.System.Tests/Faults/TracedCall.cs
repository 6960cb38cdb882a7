using System.Globalization;
using System.Text.RegularExpressions;

namespace AdTracking.System.Tests.Faults;

/// <summary>
/// A system call in a trace: where in the trace it began and ended. Lines stand in the order of what happened; a call during which
/// something else happened takes two.
/// </summary>
internal sealed partial record TracedCall(string Name, int Handle, string Text, long Result, int Begin, int End)
{
    /// <summary>Reads what <c>strace -f</c> wrote.</summary>
    public static List<TracedCall> Read(IEnumerable<string> lines)
    {
        var calls = new List<TracedCall>();
        var unfinished = new Dictionary<string, (string Text, int Begin)>(StringComparer.Ordinal);
        var at = 0;
        foreach (var line in lines)
        {
            at++;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0) continue;
            var thread = line[..space];
            var text = line[space..].TrimStart();
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal)) unfinished[thread] = (text[..^16], at);
            else if (text.StartsWith("<... ", StringComparison.Ordinal) && unfinished.Remove(thread, out var begun))
                Add(calls, begun.Text + text[(text.IndexOf("resumed>", StringComparison.Ordinal) + 8)..], begun.Begin, at);
            else Add(calls, text, at, at);
        }

        return calls;
    }

    private static void Add(List<TracedCall> calls, string text, int begin, int end)
    {
        var head = Head().Match(text);
        var result = Returned().Match(text);
        if (!head.Success || !result.Success) return;
        calls.Add(new TracedCall(
            head.Groups[1].Value,
            int.Parse(head.Groups[2].Value, CultureInfo.InvariantCulture),
            Quoted().Match(text) is { Success: true } quoted ? quoted.Groups[1].Value : "",
            long.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture),
            begin,
            end));
    }

    [GeneratedRegex(@"^(\w+)\((\d+)")]
    private static partial Regex Head();

    [GeneratedRegex(@"\) *= (-?\d+)")]
    private static partial Regex Returned();

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Quoted();
}
