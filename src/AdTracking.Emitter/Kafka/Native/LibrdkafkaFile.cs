using System.Reflection;
using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>Which of the files in the package librdkafka.redist is loaded. The first one wants a SASL library under the name that it has on
/// Red Hat's distributions, which Debian's and Ubuntu's do not have; the second one does without (and without GSSAPI); the third one is for
/// musl. They are tried in the order in which Confluent.Kafka tries them, so that a process holds one librdkafka and not two.</summary>
internal static class LibrdkafkaFile
{
    /// <summary>The name in every declaration of a call.</summary>
    public const string Name = "librdkafka";

    private static readonly string[] Files = [Name, "centos8-librdkafka", "alpine-librdkafka"];
    private static nint Loaded;

    static LibrdkafkaFile() => NativeLibrary.SetDllImportResolver(typeof(LibrdkafkaFile).Assembly, Resolve);

    /// <summary>To be called before the first call into the library; the classes with the calls do it as they are first used.</summary>
    public static void Choose()
    {
        // The work is the class's own beginning, so that it is done once.
    }

    /// <summary>Loads the first one that can be loaded; 0 where none can.</summary>
    internal static nint Load(ReadOnlySpan<string> files, Assembly assembly, DllImportSearchPath? path)
    {
        foreach (var file in files)
        {
            if (NativeLibrary.TryLoad(file, assembly, path, out var library))
            {
                return library;
            }
        }

        return 0;
    }

    // The runtime asks once for every call that is declared, some sixty times, and a file that cannot be loaded costs milliseconds each
    // time: so the first answer is kept. 0 leaves it to the runtime, whose error names all that it has looked for.
    internal static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
        {
            return 0;
        }

        if (Volatile.Read(ref Loaded) == 0)
        {
            Volatile.Write(ref Loaded, Load(Files, assembly, path));
        }

        return Loaded;
    }
}
