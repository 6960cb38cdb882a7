using System.Text;
using System.Text.Json;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests;

/// <summary>Decodes an event the slow and plain way: a document, strings, exceptions. What the fast decoder must agree with.</summary>
internal sealed partial class OracleDecoder(DecodeOptions options)
{
    private readonly OracleOutcome _outcome = new();
    private readonly Dictionary<string, bool> _seen = [];
    private EventLayout? _layout;

    public static OracleOutcome Decode(JsonElement element, int bytes, DecodeOptions options)
    {
        var decoder = new OracleDecoder(options);
        if (element.ValueKind != JsonValueKind.Object)
        {
            decoder._outcome.Fail(FaultCode.WrongType, null);
        }
        else
        {
            decoder.Members([.. element.EnumerateObject()], bytes);
        }

        decoder._outcome.Layout = decoder._layout;
        return decoder._outcome;
    }

    private EventLayout Names => _layout ?? options.Layouts.Impression;

    private void Members(JsonProperty[] members, int bytes)
    {
        for (var i = 0; i < members.Length && _outcome.Code == FaultCode.None; i++)
        {
            string? field = null;
            try
            {
                var name = Text(() => members[i].Name);
                var rule = RuleOf(name);
                if (_layout is null && (rule is null || Names.Fields.IndexOf(rule) >= options.Layouts.CommonCount))
                {
                    field = "event_name";
                    _layout = Ahead(members[(i + 1)..]);
                    rule = RuleOf(name);
                }

                field = name;
                if (rule is null)
                {
                    Unknown(name, members[i].Value);
                }
                else
                {
                    Known(rule, name, members[i].Value);
                }
            }
            catch (OracleFault fault)
            {
                _outcome.Fail(fault.Code, field);
            }
        }

        if (_outcome.Code != FaultCode.None)
        {
            return;
        }

        if (bytes > options.EventBytesMax)
        {
            _outcome.Fail(FaultCode.EventTooLarge, null);
        }
        else if (_layout is null)
        {
            _outcome.Fail(FaultCode.MissingField, "event_name");
        }
    }

    private FieldRule? RuleOf(string name) => Names.Fields.FirstOrDefault(rule => rule.Name == name || rule.DecimalName == name);

    private EventLayout Ahead(IEnumerable<JsonProperty> members)
    {
        foreach (var member in members)
        {
            try
            {
                if (member.Name != "event_name")
                {
                    continue;
                }
            }
            catch (InvalidOperationException)
            {
                continue;
            }

            if (member.Value.ValueKind != JsonValueKind.String)
            {
                throw new OracleFault(FaultCode.WrongType);
            }

            try
            {
                return LayoutOf(member.Value.GetString()!).Layout;
            }
            catch (InvalidOperationException)
            {
                throw new OracleFault(FaultCode.UnknownEvent);
            }
        }

        throw new OracleFault(FaultCode.MissingField);
    }

    private (EventLayout Layout, string Name) LayoutOf(string name)
    {
        foreach (var layout in new[] { options.Layouts.Impression, options.Layouts.Click, options.Layouts.Engagement })
        {
            foreach (var (alias, meant) in layout.Aliases)
            {
                if (alias == name)
                {
                    return (layout, meant);
                }
            }

            if (layout.Names.Any(known => known.Name == name))
            {
                return (layout, name);
            }
        }

        throw new OracleFault(FaultCode.UnknownEvent);
    }

    private void Known(FieldRule rule, string name, JsonElement value)
    {
        var isDecimal = name == rule.DecimalName;
        if (rule.Owner == FieldOwner.Gateway)
        {
            throw new OracleFault(FaultCode.ReservedField);
        }

        if (!_seen.TryAdd(rule.Name, isDecimal))
        {
            throw new OracleFault(_seen[rule.Name] == isDecimal ? FaultCode.DuplicateField : FaultCode.ConflictingFields);
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return;
            case JsonValueKind.True or JsonValueKind.False:
                if (rule.Kind != FieldKind.Boolean)
                {
                    throw new OracleFault(FaultCode.WrongType);
                }

                Set(rule, value.ValueKind == JsonValueKind.True ? "1" : "0");
                return;
            case JsonValueKind.Number:
                Number(rule, value.GetRawText(), isDecimal);
                return;
            case JsonValueKind.String:
                FromString(rule, Text(() => value.GetString()!), isDecimal);
                return;
            case JsonValueKind.Array when rule.Kind == FieldKind.IntArray:
                Items(rule, value);
                return;
            case JsonValueKind.Object when rule.Kind == FieldKind.StringMap:
                foreach (var entry in value.EnumerateObject())
                {
                    Entry(Text(() => entry.Name), entry.Value);
                }

                return;
            default:
                throw new OracleFault(FaultCode.WrongType);
        }
    }

    private void Unknown(string name, JsonElement value)
    {
        if (options.UnknownFields == UnknownFieldPolicy.Reject)
        {
            throw new OracleFault(FaultCode.UnknownField);
        }

        Entry(name, value);
    }

    private void Entry(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            throw new OracleFault(FaultCode.WrongType);
        }

        var text = value.ValueKind == JsonValueKind.String ? Text(() => value.GetString()!) : value.GetRawText();
        var rule = Names.Fields.First(field => field.Kind == FieldKind.StringMap);
        if (Encoding.UTF8.GetByteCount(key) > rule.KeyLengthMax || Encoding.UTF8.GetByteCount(text) > rule.LengthMax)
        {
            throw new OracleFault(FaultCode.TooLong);
        }

        if (_outcome.Ext.ContainsKey(key))
        {
            throw new OracleFault(FaultCode.DuplicateField);
        }

        if (_outcome.Ext.Count == rule.ItemsMax)
        {
            throw new OracleFault(FaultCode.TooManyExtEntries);
        }

        _outcome.Ext.Add(key, text);
    }

    private bool LeftOut(FieldRule rule, string text)
    {
        if (rule.Macro == MacroPolicy.None || !OracleValues.IsUnresolved(text))
        {
            return false;
        }

        if (rule.Macro == MacroPolicy.Optional)
        {
            _outcome.Unresolved++;
        }
        else
        {
            _outcome.UnresolvedBilling++;
        }

        return true;
    }

    private void Set(FieldRule rule, string value) => _outcome.Values.Add(rule.Name, value);

    private static string Text(Func<string> read)
    {
        try
        {
            var text = read();
            return text.Contains('\0') ? throw new OracleFault(FaultCode.BadPattern) : text;
        }
        catch (InvalidOperationException)
        {
            throw new OracleFault(FaultCode.BadUtf8);
        }
    }
}
