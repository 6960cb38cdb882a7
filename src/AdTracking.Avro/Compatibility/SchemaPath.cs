using System.Text;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>A way through a schema's text, linked backwards: the pointer is made only for a report.</summary>
internal sealed class SchemaPath(SchemaPath? parent, string token, int line, int column)
{
    public static SchemaPath Root(AvroSchema schema) => new(null, "", schema.Line, schema.Column);

    /// <summary>A further step; the place is the schema's own.</summary>
    public SchemaPath Then(string further, AvroSchema schema) => new(this, further, schema.Line, schema.Column);

    /// <summary>A further step to something that has a place of its own.</summary>
    public SchemaPath Then(string further, int lineOfIt, int columnOfIt) => new(this, further, lineOfIt, columnOfIt);

    /// <summary>A key of the object at this place.</summary>
    public SchemaPath Key(string key) => key.Length == 0 ? this : new SchemaPath(this, key, line, column);

    public SchemaPlace Place() => new(ToString(), line, column);

    public override string ToString()
    {
        Stack<string> tokens = [];
        for (var path = this; path is not null; path = path.Parent)
        {
            tokens.Push(path.Token);
        }

        StringBuilder pointer = new();
        foreach (var step in tokens)
        {
            pointer.Append(step);
        }

        return pointer.ToString();
    }

    private SchemaPath? Parent { get; } = parent;

    private string Token { get; } = token;
}
