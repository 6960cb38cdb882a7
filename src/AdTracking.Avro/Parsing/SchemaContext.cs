using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>What one run of the parser knows: the text, the names defined so far, the defaults to be checked at the end.</summary>
internal sealed class SchemaContext(SchemaDocument source, IReadOnlyDictionary<string, NamedSchema>? known = null)
{
    private readonly Dictionary<string, NamedSchema> _names = [];
    private readonly HashSet<string> _broken = [];
    private readonly List<(JsonNode Node, AvroSchema Schema)> _defaults = [];

    public SchemaDocument Source { get; } = source;

    public void Report(JsonNode node, SchemaProblemCode code, string message) => Source.Report(node, code, message);

    /// <summary>Adds a name, at most once.</summary>
    public void Define(JsonNode node, NamedSchema schema)
    {
        if (!_names.TryAdd(schema.FullName, schema))
        {
            Report(node, SchemaProblemCode.DuplicateName, $"The name \"{Shortened.Of(schema.FullName)}\" is defined twice.");
        }
    }

    /// <summary>Remembers a name whose definition failed, so that its uses are not reported as well.</summary>
    public void DefineBroken(string fullName) => _broken.Add(fullName);

    /// <summary>Finds what the text has defined so far, or else what was known before it.</summary>
    public bool TryFind(string fullName, [NotNullWhen(true)] out NamedSchema? schema) =>
        _names.TryGetValue(fullName, out schema) || (known is not null && known.TryGetValue(fullName, out schema));

    public bool IsBroken(string fullName) => _broken.Contains(fullName);

    /// <summary>Defaults are checked when every record is complete: a default may be of a record that is still being read.</summary>
    public void CheckLater(JsonNode node, AvroSchema schema) => _defaults.Add((node, schema));

    public void CheckDefaults()
    {
        foreach ((var node, var schema) in _defaults)
        {
            DefaultCheck.Run(this, node, schema);
        }
    }

    /// <summary>A required member of the given kind; null and a problem where it is not.</summary>
    public JsonNode? Require(JsonNode owner, string key, JsonValueKind kind, string what)
    {
        var node = owner.Member(key);
        if (node is null)
        {
            Report(owner, SchemaProblemCode.MissingAttribute, $"\"{key}\" is missing: {what}.");
        }
        else if (node.Kind != kind)
        {
            Report(node, SchemaProblemCode.InvalidAttribute, $"\"{key}\" is {SchemaParser.Describe(node)}, but must be {what}.");
        }
        else
        {
            return node;
        }

        return null;
    }

    /// <summary>A string that may be missing.</summary>
    public string? OptionalText(JsonNode owner, string key)
    {
        var node = owner.Member(key);
        if (node is not null && node.Kind != JsonValueKind.String)
        {
            Report(node, SchemaProblemCode.InvalidAttribute, $"\"{key}\" is {SchemaParser.Describe(node)}, but must be a string.");
        }

        return node?.Text;
    }

    /// <summary>A list of strings that may be missing; items of another kind are reported and left out.</summary>
    public IEnumerable<JsonNode> OptionalTexts(JsonNode owner, string key)
    {
        var node = owner.Member(key);
        if (node is null)
        {
            return [];
        }

        if (node.Kind != JsonValueKind.Array)
        {
            Report(node, SchemaProblemCode.InvalidAttribute, $"\"{key}\" is {SchemaParser.Describe(node)}, but must be an array of strings.");
            return [];
        }

        foreach (var item in node.Items.Where(item => item.Kind != JsonValueKind.String))
        {
            Report(item, SchemaProblemCode.InvalidAttribute, $"\"{key}\" has {SchemaParser.Describe(item)} in it, but must have strings.");
        }

        return node.Items.Where(item => item.Kind == JsonValueKind.String);
    }

    /// <summary>Attributes that Avro gives no meaning to.</summary>
    public SchemaProperties Properties(JsonNode node, ReadOnlySpan<string> known, bool keepLogicalType = false)
    {
        SchemaProperties? properties = null;
        foreach ((var key, var value) in node.Members)
        {
            if (!known.Contains(key) && (keepLogicalType || key is not ("logicalType" or "precision" or "scale")))
            {
                (properties ??= new SchemaProperties()).Add(key, Source.Element(value), Source.Place(value.Start));
            }
        }

        return properties ?? SchemaProperties.None;
    }
}
