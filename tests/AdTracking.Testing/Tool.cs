namespace AdTracking.Testing;

/// <summary>What a test may need beyond the .NET SDK.</summary>
public enum Tool
{
    /// <summary>A Java runtime, 17 or newer.</summary>
    Java,

    /// <summary>An Apache Kafka distribution: <c>KAFKA_HOME</c> or <c>../shared/kafka</c>.</summary>
    Kafka,

    /// <summary>A Schema Registry: <c>REGISTRY_HOME</c> or <c>../shared/registry</c>.</summary>
    Registry,

    /// <summary>Kafka Connect with the Iceberg sink and the Avro converter, under the Kafka distribution.</summary>
    ConnectPlugins,

    /// <summary>Node.js, 20 or newer.</summary>
    Node,

    /// <summary>The packages of <c>tests/node</c>.</summary>
    NodePackages,

    /// <summary>Chromium.</summary>
    Chromium,

    /// <summary>Python with the Apache Avro library.</summary>
    PythonAvro,

    /// <summary>Apache Avro for Java beside the Schema Registry, and a JDK that runs source files.</summary>
    JavaAvro,

    /// <summary>The tools of avro-c (<c>avrocat</c>).</summary>
    AvroBin,

    /// <summary>Documents and vectors that others made: <c>../shared/data</c>.</summary>
    SharedData,

    /// <summary>Mounts that only one process sees: root, or user namespaces for everybody.</summary>
    MountNamespace,

    /// <summary>strace, and the right to trace.</summary>
    Strace,

    /// <summary>libfiu with its library to preload: POSIX calls that fail on demand.</summary>
    Fiu,
}
