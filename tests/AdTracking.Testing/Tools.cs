using System.Collections.Concurrent;
using System.Diagnostics;

namespace AdTracking.Testing;

/// <summary>Finds the tools that tests need, or says why one is missing and what would bring it.</summary>
public static class Tools
{
    private static readonly ConcurrentDictionary<Tool, string?> Reasons = new();

    /// <summary>The Kafka distribution, or null.</summary>
    public static string? KafkaHome { get; } = Home("KAFKA_HOME", "kafka");

    /// <summary>The Schema Registry, or null.</summary>
    public static string? RegistryHome { get; } = Home("REGISTRY_HOME", "registry");

    /// <summary>Vectors and documents made by others, or null.</summary>
    public static string? SharedData { get; } = Repository.Shared("data");

    /// <summary>The folder with the Node scripts and their packages.</summary>
    public static string NodeScripts { get; } = Repository.PathOf("tests", "node");

    /// <summary>A Python that has the Apache Avro library: Debian's own first, since another one on the path may lack it.</summary>
    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>A class path of Apache Avro for Java: the registry's libraries, where they are there.</summary>
    public static string? JavaAvroClassPath { get; } = ClassPath();

    /// <summary>Chromium's executable, or null.</summary>
    public static string? Chromium { get; } = OnPath("chromium") ?? OnPath("chromium-browser") ?? OnPath("google-chrome");

    /// <summary>The command that starts another one in a mount namespace of its own, or null.</summary>
    public static IReadOnlyList<string>? MountNamespace { get; } = FindMountNamespace();

    /// <summary>Where Debian keeps libfiu's library of POSIX calls.</summary>
    public static string FiuPreload => "/usr/lib/fiu/fiu_posix_preload.so";

    /// <summary>Why <paramref name="tool"/> cannot be used here; null when it can.</summary>
    public static string? Missing(Tool tool) => Reasons.GetOrAdd(tool, Reason);

    /// <summary>The reasons of all that is missing, joined; null when nothing is.</summary>
    public static string? Missing(IEnumerable<Tool> tools)
    {
        var reasons = tools.Select(Missing).Where(reason => reason is not null).Distinct(StringComparer.Ordinal).ToArray();
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    /// <summary>The path of a program, or null.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string? Reason(Tool tool) => tool switch
    {
        Tool.Java => JavaHomeHasJava() || OnPath("java") is not null ? null : "no java (package openjdk-17-jre-headless)",
        Tool.Kafka => Missing(Tool.Java) ?? (KafkaHome is null ? "no Apache Kafka: set KAFKA_HOME" : null),
        Tool.Registry => Missing(Tool.Java) ?? (RegistryHome is null ? "no Schema Registry: set REGISTRY_HOME" : null),
        Tool.ConnectPlugins => Missing(Tool.Kafka) ?? (Directory.Exists(Path.Combine(KafkaHome!, "connect-plugins", "iceberg"))
            ? null : "no connect-plugins/iceberg under the Kafka distribution"),
        Tool.Node => OnPath("node") is not null ? null : "no node (package nodejs)",
        Tool.NodePackages => Missing(Tool.Node) ?? (Directory.Exists(Path.Combine(NodeScripts, "node_modules"))
            ? null : "tests/node has no packages: eng/test-tools.sh installs them"),
        Tool.Chromium => Chromium is not null ? null : "no chromium (package chromium)",
        Tool.PythonAvro => Succeeds(Python, "-c", "import avro.schema") ? null : "no Python Avro library (package python3-avro)",
        Tool.JavaAvro => OnPath("javac") is null ? "no JDK (package openjdk-17-jdk-headless)"
            : JavaAvroClassPath is null ? "no Apache Avro for Java under the Schema Registry's lib" : null,
        Tool.AvroBin => OnPath("avrocat") is not null ? null : "no avrocat (package avro-bin)",
        Tool.MountNamespace => MountNamespace is not null ? null : "no mount namespaces (neither root nor user namespaces)",
        Tool.Strace => Succeeds("strace", "-qqq", "-o", "/dev/null", "true") ? null : "no strace that may trace (package strace)",
        Tool.Fiu => File.Exists(FiuPreload) && OnPath("fiu-ctrl") is not null ? null : "no libfiu (package fiu-utils)",
        Tool.SharedData => SharedData is not null ? null : "no ../shared/data beside the checkout",
        _ => throw new ArgumentOutOfRangeException(nameof(tool), tool, message: null),
    };

    private static string? Home(string variable, string neighbour) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } home && Directory.Exists(home)
            ? home : Repository.Shared(neighbour);

    private static string? ClassPath()
    {
        var libraries = RegistryHome is null ? "" : Path.Combine(RegistryHome, "lib");
        if (!Directory.Exists(libraries))
        {
            return null;
        }

        string[] parts = ["*.avro-1.*.jar", "*jackson-core-*.jar", "*jackson-databind-*.jar", "*jackson-annotations-*.jar", "*slf4j-api-*.jar"];
        string[] found = [.. parts.SelectMany(part => Directory.EnumerateFiles(libraries, part))];
        return found.Length < parts.Length ? null : string.Join(':', found);
    }

    private static bool JavaHomeHasJava() =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home && File.Exists(Path.Combine(home, "bin", "java"));

    private static string[]? FindMountNamespace()
    {
        string[][] ways = [["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]];
        return Array.Find(ways, way => Succeeds(way[0], [.. way[1..], "sh", "-c", "mount -t tmpfs none /mnt"]));
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        if (OnPath(Path.GetFileName(program)) is null)
        {
            return false;
        }

        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
