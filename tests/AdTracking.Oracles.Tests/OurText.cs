using AdTracking.Avro.Schemas;

namespace AdTracking.Oracles.Tests;

/// <summary>Values as <see cref="SlowAvro"/> has them, as the text that <see cref="ApacheAvro.Show"/> makes.</summary>
internal static class OurText
{
    public static string Show(object? value) => value switch
    {
        SlowAvro.Branch branch => Show(branch.Value),
        List<object?> items => "[" + string.Join(",", items.Select(Show)) + "]",
        List<KeyValuePair<string, object?>> entries => "{" + string.Join(",", entries.Select(entry => $"'{entry.Key}':{Show(entry.Value)}")) + "}",
        _ => SlowAvro.Show(value),
    };

    public static object? Read(AvroSchema schema, byte[] data)
    {
        var at = 0;
        var value = SlowAvro.Decode(schema, data, ref at);
        at.ShouldBe(data.Length);
        return value;
    }
}
