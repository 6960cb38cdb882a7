using System.Diagnostics.CodeAnalysis;

namespace AdTracking.Avro.Schemas;

/// <summary>The name of a record, enum or fixed.</summary>
/// <param name="Namespace">The namespace, empty for none.</param>
/// <param name="Name">The simple name.</param>
[SuppressMessage("Naming", "CA1716", Justification = "Avro's own word")]
public sealed record SchemaName(string Namespace, string Name)
{
    /// <summary>Namespace and name with a dot between.</summary>
    public string FullName { get; } = Namespace.Length == 0 ? Name : Namespace + "." + Name;

    /// <inheritdoc/>
    public override string ToString() => FullName;

    /// <summary>The full name that <paramref name="name"/> means where <paramref name="enclosing"/> is the namespace.</summary>
    internal static SchemaName Resolve(string name, string enclosing)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? new SchemaName(enclosing, name) : new SchemaName(name[..dot], name[(dot + 1)..]);
    }

    /// <summary>Letters, digits and underscores, not beginning with a digit; ASCII.</summary>
    internal static bool IsSimple(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return name.Length > 0 && !char.IsAsciiDigit(name[0]);
    }

    /// <summary>Simple names with dots between.</summary>
    internal static bool IsDotted(string name) => Array.TrueForAll(name.Split('.'), IsSimple);
}
