using System.Globalization;

namespace AdTracking.Gateway.Hosting;

/// <summary>Tells .NET's socket engine to run completions on the thread that saw them. Handing each one to the thread pool is most of what
/// a small request costs. Read once by the runtime, before the first socket, so this comes first.</summary>
internal static class SocketEngine
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>What the operator has set in the environment stays.</summary>
    public static void Configure(int threads)
    {
        SetUnlessSet(Inline, "1");
        SetUnlessSet(Threads, threads.ToString(CultureInfo.InvariantCulture));
    }

    private static void SetUnlessSet(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is null)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
