using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace AdTracking.Gateway.Configuration;

/// <summary>One setting: its key, and how text becomes its value.</summary>
internal sealed class Setting
{
    private readonly PropertyInfo _section;
    private readonly PropertyInfo _property;

    private Setting(PropertyInfo section, PropertyInfo property)
    {
        _section = section;
        _property = property;
        Key = $"{section.Name}:{property.Name}";
    }

    /// <summary>Every setting, in the order in which the options classes declare them.</summary>
    public static IReadOnlyList<Setting> All { get; } = Discover();

    public string Key { get; }

    public bool IsList => _property.PropertyType == typeof(List<string>);

    public bool IsMap => typeof(IDictionary).IsAssignableFrom(_property.PropertyType);

    public object? Get(GatewayOptions options) => _property.GetValue(_section.GetValue(options));

    /// <summary>Sets the value from text. The answer is null, or what is wrong with the text.</summary>
    public string? Set(GatewayOptions options, string text)
    {
        if (!TryParse(text.Trim(), out var value, out var expected))
        {
            return $"{Key}: '{text}' is not {expected}";
        }

        _property.SetValue(_section.GetValue(options), value);
        return null;
    }

    public void Add(GatewayOptions options, IEnumerable<string> values) => ((List<string>)Get(options)!).AddRange(values);

    public void Put(GatewayOptions options, string name, string value) => ((IDictionary<string, string>)Get(options)!)[name] = value;

    /// <summary>What is wrong with the value by the attributes on its property.</summary>
    public IEnumerable<string> Problems(GatewayOptions options)
    {
        var value = Get(options);
        foreach (var rule in _property.GetCustomAttributes<ValidationAttribute>())
        {
            if (!rule.IsValid(value))
            {
                yield return rule switch
                {
                    RangeAttribute range => $"{Key}: {value} is not between {range.Minimum} and {range.Maximum}",
                    RequiredAttribute => $"{Key}: must not be empty",
                    _ => $"{Key}: '{value}' {rule.FormatErrorMessage(Key)}",
                };
            }
        }
    }

    private static List<Setting> Discover()
    {
        var settings = new List<Setting>();
        foreach (var section in typeof(GatewayOptions).GetProperties())
        {
            foreach (var property in section.PropertyType.GetProperties())
            {
                var isCollection = property.PropertyType.IsGenericType && !property.PropertyType.IsValueType;
                if (property.CanWrite || isCollection)
                {
                    settings.Add(new Setting(section, property));
                }
            }
        }

        return settings;
    }

    private bool TryParse(string text, out object? value, out string expected)
    {
        var type = Nullable.GetUnderlyingType(_property.PropertyType) ?? _property.PropertyType;
        value = text;
        expected = "";
        if (type == typeof(string))
        {
            return true;
        }

        if (type == typeof(bool))
        {
            expected = "true or false";
            var isBool = bool.TryParse(text, out var flag);
            value = flag;
            return isBool;
        }

        if (type.IsEnum)
        {
            expected = "one of " + string.Join(", ", Enum.GetNames(type)).ToLowerInvariant();
            return !text.Any(char.IsAsciiDigit) && Enum.TryParse(type, text, ignoreCase: true, out value);
        }

        expected = "a whole number";
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (type == typeof(long))
        {
            value = number;
            return isNumber;
        }

        value = (int)Math.Clamp(number, int.MinValue, int.MaxValue); // a range rule names what does not fit
        return isNumber;
    }
}
