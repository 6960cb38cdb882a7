using System.Diagnostics;

namespace AdTracking.Testing;

/// <summary>Runs a clean-up script when it is disposed, and also when the test process dies without a word: a shell in a session of its own
/// reads a pipe that only we hold open, and the end of that pipe is its signal. Both ways are the same code, so the one that nobody watches
/// is tried by every test run.</summary>
public sealed class Watchdog : IAsyncDisposable
{
    private readonly Process _shell;
    private int _ended;

    private Watchdog(Process shell) => _shell = shell;

    /// <summary>Starts the watch. The script sees <paramref name="arguments"/> as <c>$1</c>, <c>$2</c> and so on.</summary>
    public static Watchdog Start(string script, params string[] arguments)
    {
        var whole = $"trap '' INT TERM HUP; cat >/dev/null; {{ {script}; }} >/dev/null 2>&1 </dev/null";
        var start = new ProcessStartInfo("setsid", ["bash", "-c", whole, "watchdog", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Watchdog(Process.Start(start) ?? throw new InvalidOperationException("setsid did not start."));
    }

    /// <summary>Kills a process, if it still is the one of now, and removes a folder. The start time (the 22nd field of stat) tells a
    /// process from a later one with its number: process ids come round within minutes on a busy machine.</summary>
    public static Watchdog ForProcess(Process process, string? folder = null)
    {
        const string StartTime = "$(cut -d ' ' -f 22 \"/proc/$1/stat\")";
        var startTime = File.ReadAllText($"/proc/{process.Id}/stat").Split(' ')[21];
        var script = $"[ \"{StartTime}\" = \"$2\" ] && kill -KILL \"$1\"; [ -z \"$3\" ] || rm -rf -- \"$3\"";
        return Start(script, process.Id.ToString(), startTime, folder ?? "");
    }

    /// <summary>Runs the script and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
