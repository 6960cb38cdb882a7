using System.Reflection;
using AdTracking.Avro.Records;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Records for tests.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Base = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    public static AdImpression SmallImpression { get; } = new() { AdServingId = "asid-1", PublisherId = "pub-1" };

    public static AdClick SmallClick { get; } = new() { AdServingId = "asid-1", PublisherId = "pub-1" };

    public static AdEngagement SmallEngagement { get; } = new() { EventName = "firstQuartile", AdServingId = "asid-1", PublisherId = "pub-1" };

    public static BadEvent SmallBadEvent { get; } = new() { BadId = "b", ReceivedTs = Base, EdgeId = "e" };

    public static LedgerEntry SmallLedgerEntry { get; } = new() { MinuteTs = Base, EdgeId = "e", InstanceId = "i" };

    /// <summary>The record with every property set to something that is not its default, different from property to property.</summary>
    public static T Filled<T>(T record)
        where T : class
    {
        var copy = (T)typeof(T).GetMethod("<Clone>$")!.Invoke(record, null)!;
        var number = 0;
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            number++;
            if (property.Name is not ("EventName" or "AdServingId" or "PublisherId"))
            {
                property.SetValue(copy, Value(property, number));
            }
        }

        return copy;
    }

    private static object Value(PropertyInfo property, int number)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return property.Name switch
        {
            "Currency" => "EUR",
            "GeoCountry" => "DEU",
            "ErrorCode" => 402,
            "Reason" or "ServerSide" or "Gdpr" => 1,
            _ when type == typeof(string) => $"{property.Name}-é",
            _ when type == typeof(int) => 1 + (number % 90),
            _ when type == typeof(long) => 1_000_000L + number,
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateTimeOffset) => Base.AddMilliseconds(number),
            _ when type.IsEnum => Enum.ToObject(type, (number % (Enum.GetValues(type).Length - 1)) + 1),
            _ when type == typeof(AvroBytes) => new AvroBytes(new byte[] { 0, 1, 254, 255 }),
            _ when type == typeof(AvroList<int>) => AvroList.Create([7, -8, 300]),
            _ when type == typeof(AvroMap<string>) => AvroMap.Create([KeyValuePair.Create("k1", "v1"), KeyValuePair.Create("k2", "")]),
            _ when type == typeof(AvroMap<long>) => AvroMap.Create([KeyValuePair.Create("too_long", 3L)]),
            _ => throw new NotSupportedException(property.ToString()),
        };
    }
}
