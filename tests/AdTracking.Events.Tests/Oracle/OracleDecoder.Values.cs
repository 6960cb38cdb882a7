using System.Globalization;
using System.Text.Json;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests;

/// <content>Values of one kind each: numbers, money, text, lists.</content>
internal sealed partial class OracleDecoder
{
    private void Number(FieldRule rule, string text, bool isDecimal)
    {
        if (rule.Kind is not (FieldKind.Int or FieldKind.Long or FieldKind.MoneyMicros or FieldKind.TimestampMillis))
        {
            throw new OracleFault(FaultCode.WrongType);
        }

        if (isDecimal)
        {
            Money(rule, text);
            return;
        }

        if (SlowDecimal.Integer(text) is { } value && (value == -1 || value == -2) && LeftOut(rule, "-1"))
        {
            return;
        }

        Set(rule, OracleValues.Integer(rule, text).ToString(CultureInfo.InvariantCulture));
    }

    private void Money(FieldRule rule, string text)
    {
        if (LeftOut(rule, text))
        {
            return;
        }

        var micros = OracleValues.Micros(rule, text, out var rounded);
        if (rounded)
        {
            _outcome.Rounded++;
        }

        Set(rule, micros.ToString(CultureInfo.InvariantCulture));
    }

    private void FromString(FieldRule rule, string text, bool isDecimal)
    {
        if (rule.Name == "event_name")
        {
            var (layout, name) = LayoutOf(text);
            if (_layout is not null && _layout != layout)
            {
                throw new OracleFault(FaultCode.ConflictingFields);
            }

            _layout = layout;
            Set(rule, name);
            return;
        }

        if (LeftOut(rule, text))
        {
            return;
        }

        Set(rule, rule.Kind switch
        {
            FieldKind.String => OracleValues.Text(rule, text),
            FieldKind.Enum when rule.Symbols.Contains(text) => rule.Symbols.IndexOf(text).ToString(CultureInfo.InvariantCulture),
            FieldKind.Enum => throw new OracleFault(FaultCode.BadEnum),
            FieldKind.TimestampMillis => OracleValues.Timestamp(rule, text).ToString(CultureInfo.InvariantCulture),
            FieldKind.MoneyMicros when isDecimal => DecimalText(rule, text),
            _ => throw new OracleFault(FaultCode.WrongType),
        });
    }

    private string DecimalText(FieldRule rule, string text)
    {
        var micros = OracleValues.Micros(rule, text, out var rounded);
        if (rounded)
        {
            _outcome.Rounded++;
        }

        return micros.ToString(CultureInfo.InvariantCulture);
    }

    private void Items(FieldRule rule, JsonElement value)
    {
        var items = new List<long>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number)
            {
                throw new OracleFault(FaultCode.WrongType);
            }

            var number = OracleValues.Integer(rule, item.GetRawText());
            if (items.Count == rule.ItemsMax)
            {
                throw new OracleFault(FaultCode.TooLong);
            }

            items.Add(number);
        }

        Set(rule, string.Join(',', items));
    }
}
