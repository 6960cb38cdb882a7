namespace AdTracking.Oracle.Judging;

/// <summary>Questions to <see cref="EventBits"/>.</summary>
internal static class EventBitsExtensions
{
    public static bool Has(this EventBits bits, EventBits one) => (bits & one) != EventBits.None;
}
