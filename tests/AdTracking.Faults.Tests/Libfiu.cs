using System.Text;
using System.Text.RegularExpressions;

namespace AdTracking.Faults.Tests;

/// <summary>A gateway under libfiu, whose calls fail on demand. libfiu 1.1 keeps a small cache of the names of calls that are not to fail,
/// and fills it under a lock while it looks a function up; a thread that allocates inside such a look-up waits for that lock, and both for
/// ever (one start in sixteen, seen with gdb). So every name that the library knows is set from the beginning, to a chance of 0: for a name
/// that is set the cache is not asked.</summary>
internal sealed partial class Libfiu : IDisposable
{
    private readonly TemporaryDirectory _folder = new("fiu");

    private string Control => _folder.PathOf("control");

    /// <summary>What a gateway is started in.</summary>
    public ProcessWrapper Wrapper => new([], new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = $"{Path.GetDirectoryName(Tools.FiuPreload)}/fiu_run_preload.so {Tools.FiuPreload}",
        ["FIU_CTRL_FIFO"] = Control,
        ["FIU_ENABLE"] = string.Join('\n', Calls().Select(name => $"enable_random name={name},probability=0")),
    });

    /// <summary>Tells a running gateway's library which call is to fail, and how.</summary>
    public async Task TellAsync(GatewayProcess gateway, string command) =>
        (await ToolProcess.RunAsync("fiu-ctrl", ["-f", Control, "-c", command, $"{gateway.ProcessId}"])).Succeeded(command);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // The names are texts in the library.
    private static string[] Calls()
    {
        var names = CallName().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(Tools.FiuPreload))).Select(match => match.Value).ToArray();
        names.ShouldContain("posix/io/rw/pwrite/reduce");
        return names;
    }

    [GeneratedRegex(@"(?<=\0)(posix|libc|linux)/[a-z0-9_/]+(?=\0)")]
    private static partial Regex CallName();
}
