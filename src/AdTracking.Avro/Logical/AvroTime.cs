namespace AdTracking.Avro.Logical;

/// <summary>Times between .NET and Avro's numbers. .NET counts 100 ns ticks: towards a coarser unit the value is rounded down (towards the
/// past), so that it never lies in the future of what happened. Nothing here throws.</summary>
public static class AvroTime
{
    private const long NanosPerTick = 100;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Days since 1970-01-01.</summary>
    public static int ToDays(DateOnly value) => value.DayNumber - EpochDay;

    /// <summary>The date of a number of days; false outside the years 1 to 9999.</summary>
    public static bool TryDate(int days, out DateOnly value)
    {
        var number = (long)days + EpochDay;
        var fits = number >= 0 && number <= DateOnly.MaxValue.DayNumber;
        value = fits ? DateOnly.FromDayNumber((int)number) : default;
        return fits;
    }

    /// <summary>Units of so many ticks since midnight.</summary>
    public static long ToUnits(TimeOnly value, long ticksPerUnit) => value.Ticks / ticksPerUnit;

    /// <summary>The time of day of a number of units since midnight; false outside one day.</summary>
    public static bool TryTime(long units, long ticksPerUnit, out TimeOnly value)
    {
        var fits = units >= 0 && units <= TimeOnly.MaxValue.Ticks / ticksPerUnit;
        value = fits ? new TimeOnly(units * ticksPerUnit) : default;
        return fits;
    }

    /// <summary>Units of so many ticks since 1970-01-01T00:00 of the value's own calendar, rounded down.</summary>
    public static long ToUnits(DateTime value, long ticksPerUnit)
    {
        var ticks = value.Ticks - DateTime.UnixEpoch.Ticks;
        var units = Math.DivRem(ticks, ticksPerUnit, out var rest);
        return rest < 0 ? units - 1 : units;
    }

    /// <summary>The time of a number of units since 1970-01-01T00:00; false outside the years 1 to 9999.</summary>
    public static bool TryDateTime(long units, long ticksPerUnit, out DateTime value)
    {
        var first = -DateTime.UnixEpoch.Ticks / ticksPerUnit;
        var last = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / ticksPerUnit;
        var fits = units >= first && units <= last;
        value = fits ? new DateTime(DateTime.UnixEpoch.Ticks + (units * ticksPerUnit), DateTimeKind.Unspecified) : default;
        return fits;
    }

    /// <summary>Nanoseconds since 1970-01-01T00:00; false outside what 64 bits hold (1677-09-21 to 2262-04-11).</summary>
    public static bool TryNanos(DateTime value, out long nanos)
    {
        var ticks = value.Ticks - DateTime.UnixEpoch.Ticks;
        var fits = ticks >= long.MinValue / NanosPerTick && ticks <= long.MaxValue / NanosPerTick;
        nanos = fits ? ticks * NanosPerTick : 0;
        return fits;
    }

    /// <summary>The time of a number of nanoseconds since 1970-01-01T00:00, rounded down to 100 ns. Every number has one.</summary>
    public static DateTime FromNanos(long nanos)
    {
        var ticks = Math.DivRem(nanos, NanosPerTick, out var rest);
        return new DateTime(DateTime.UnixEpoch.Ticks + (rest < 0 ? ticks - 1 : ticks), DateTimeKind.Unspecified);
    }
}
