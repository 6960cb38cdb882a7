using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>Makes librdkafka's sockets with SO_LINGER 0: when the process is killed, or a producer that died is destroyed, the kernel drops
/// what it has not sent yet and resets the connection. Otherwise it would go on sending for as long as the broker takes it, and events
/// could appear in the log after settling has looked for them there.</summary>
internal static unsafe partial class ProducerSocket
{
    // The values of Linux, on all that .NET runs on; other systems keep librdkafka's own sockets.
    private const int CloseOnExec = 0x80000;
    private const int SocketLevel = 1;
    private const int LingerOption = 13;
    private const string Library = "libc";

    /// <summary>Lets a configuration make its sockets here.</summary>
    public static void Install(ConfigurationHandle configuration)
    {
        if (OperatingSystem.IsLinux())
        {
            Librdkafka.rd_kafka_conf_set_socket_cb(configuration, &Open);
        }
    }

    /// <summary>A socket of librdkafka's wishes. One without the option is better than none.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Open(int domain, int type, int protocol, nint opaque)
    {
        var handle = Socket(domain, type | CloseOnExec, protocol);
        if (handle < 0)
        {
            handle = Socket(domain, type, protocol);
        }

        if (handle < 0)
        {
            return handle;
        }

        Linger option = new() { On = 1, Seconds = 0 };
        _ = SetOption(handle, SocketLevel, LingerOption, &option, (uint)sizeof(Linger));
        return handle;
    }

    /// <summary>How a socket lingers, or null when it cannot be told.</summary>
    internal static (bool On, int Seconds)? LingerOf(int handle)
    {
        Linger option = default;
        var size = (uint)sizeof(Linger);
        return GetOption(handle, SocketLevel, LingerOption, &option, &size) == 0 ? (option.On != 0, option.Seconds) : null;
    }

    [LibraryImport(Library, EntryPoint = "socket")]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "setsockopt")]
    private static partial int SetOption(int handle, int level, int name, Linger* value, uint size);

    [LibraryImport(Library, EntryPoint = "getsockopt")]
    private static partial int GetOption(int handle, int level, int name, Linger* value, uint* size);

    private struct Linger
    {
        public int On;
        public int Seconds;
    }
}
