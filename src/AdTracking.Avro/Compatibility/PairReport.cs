using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>Turns broken pairs into problems with their places, in the order of the reader's text. A problem inside a type is reported where the
/// type is defined; a problem at a place is reported at that place, even when it holds only the type's name.</summary>
internal sealed class PairReport(PairGraph graph)
{
    private readonly List<CompatibilityProblem> _problems = [];
    private readonly HashSet<SchemaPair> _seen = [];
    private readonly HashSet<SchemaPair> _within = [];
    private readonly Stack<PairVisit> _open = new();
    private DefinitionPaths? _readerTypes;
    private DefinitionPaths? _writerTypes;

    private DefinitionPaths ReaderTypes => _readerTypes ??= new DefinitionPaths(graph.Root.Reader);

    private DefinitionPaths WriterTypes => _writerTypes ??= new DefinitionPaths(graph.Root.Writer);

    public IReadOnlyList<CompatibilityProblem> Problems()
    {
        if (!graph.Pairs.Any(static pair => pair.IsBroken || pair.Faults.Count > 0))
        {
            return [];
        }

        _open.Push(new PairVisit(graph.Root, SchemaPath.Root(graph.Root.Reader), SchemaPath.Root(graph.Root.Writer), ""));
        while (_open.TryPop(out var next))
        {
            if (next.IsEnd)
            {
                _within.Remove(next.Pair);
            }
            else if (_seen.Add(next.Pair))
            {
                _within.Add(next.Pair);
                _open.Push(next with { IsEnd = true });
                Visit(next.Pair, next.Reader, next.Writer, next.Branch);
            }
        }

        return _problems;
    }

    private void Visit(SchemaPair pair, SchemaPath reader, SchemaPath writer, string branch)
    {
        foreach (var fault in pair.Faults)
        {
            Report(fault, pair, reader, writer);
        }

        if (graph.IsTooLarge)
        {
            return;
        }

        if (!pair.IsChoice)
        {
            foreach (var link in Enumerable.Reverse(pair.Links))
            {
                Push(pair, link, reader, writer);
            }

            return;
        }

        // A branch that fails only because of what it stands in has its reason told there.
        var chosen = UnionChoice.Of(pair);
        if (pair.IsBroken && (chosen is null || !_within.Contains(chosen.Pair)))
        {
            var fault = LackingBranch((UnionSchema)pair.Reader, pair.Writer);
            var location = reader + branch;
            _problems.Add(new CompatibilityProblem(fault, reader.Place(), writer.Place(), location.Length == 0 ? "/" : location));
        }

        // Of a branch that was meant, but does not fit, the reasons are told as well: they are what has to be repaired.
        if (chosen is not null)
        {
            Push(pair, chosen, reader, writer);
        }
    }

    private void Push(SchemaPair pair, PairLink link, SchemaPath reader, SchemaPath writer)
    {
        var branch = pair.Reader.Type == SchemaType.Union && pair.Writer.Type == SchemaType.Union ? link.WriterToken : "";
        _open.Push(new PairVisit(
            link.Pair,
            Step(ReaderTypes, pair.Reader, reader, link.ReaderToken, link.ReaderField, link.Pair.Reader),
            Step(WriterTypes, pair.Writer, writer, link.WriterToken, link.WriterField, link.Pair.Writer),
            branch));
    }

    private static SchemaPath Step(
        DefinitionPaths types, AvroSchema from, SchemaPath path, string token, RecordField? field, AvroSchema to)
    {
        if (token.Length == 0)
        {
            return path;
        }

        var owner = types.Of(from, path);
        var step = owner.Then(token, to);
        // A reference has no place of its own in the tree: the field that it stands in has, or else what it stands in.
        if (!types.IsElsewhere(to, step))
        {
            return step;
        }

        return field is null ? owner.Key(token) : owner.Then(token, field.Line, field.Column);
    }

    private void Report(SchemaFault fault, SchemaPair pair, SchemaPath reader, SchemaPath writer)
    {
        if (fault.Field is { } field)
        {
            reader = ReaderTypes.Of(pair.Reader, reader).Then($"/fields/{field.Index}", field.Line, field.Column);
            writer = WriterTypes.Of(pair.Writer, writer).Key("/fields");
        }
        else if (fault.Key is "/size" or "/symbols")
        {
            reader = ReaderTypes.Of(pair.Reader, reader).Key(fault.Key);
            writer = WriterTypes.Of(pair.Writer, writer).Key(fault.Key);
        }
        else
        {
            reader = reader.Key(fault.Key);
            writer = writer.Key(fault.Key);
        }

        var location = reader.ToString();
        _problems.Add(new CompatibilityProblem(fault, reader.Place(), writer.Place(), location.Length == 0 ? "/" : location));
    }

    private static SchemaFault LackingBranch(UnionSchema reader, AvroSchema writer) => new(
        CompatibilityRule.MissingUnionBranch,
        $"reader union lacking writer type: {writer.TypeName.ToUpperInvariant()}",
        "[" + Shortened.Of(string.Join(", ", reader.Branches.Select(branch => branch.BranchName))) + "]",
        PairRules.Shown(writer));
}
