using System.Text;

namespace AdTracking.SchemaTool.Generation;

/// <summary>Text of C# code: lines, indented by the braces around them.</summary>
internal sealed class CodeText
{
    private const string Step = "    ";

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Adds lines as they are, each indented; an empty one stays empty.</summary>
    public CodeText Line(string lines = "")
    {
        foreach (var line in lines.Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Insert(_text.Length, Step, _depth).Append(line);
            }

            _text.Append('\n');
        }

        return this;
    }

    /// <summary>Adds text without indentation: a raw string's content.</summary>
    public CodeText Raw(string text)
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>Adds a summary comment.</summary>
    public CodeText Summary(string text) => Line($"/// <summary>{Escaped(text)}</summary>");

    /// <summary>Opens a brace.</summary>
    public CodeText Open(string head)
    {
        Line(head).Line("{");
        _depth++;
        return this;
    }

    /// <summary>Closes a brace.</summary>
    public CodeText Close(string tail = "}")
    {
        _depth--;
        return Line(tail);
    }

    /// <summary>Indents what follows by one step.</summary>
    public CodeText Indent()
    {
        _depth++;
        return this;
    }

    /// <summary>Takes one step of indentation back.</summary>
    public CodeText Unindent()
    {
        _depth--;
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    // XML has no place for control characters and half surrogate pairs, whatever stands in front of them.
    private static string Escaped(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").EnumerateRunes().Select(static r => r.Value is < ' ' or 0xFFFE or 0xFFFF ? " " : r.ToString()))
            .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
