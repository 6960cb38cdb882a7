namespace AdTracking.Events.Layout;

/// <summary>What the decoder needs of a <see cref="FieldRule"/>, side by side in one array.</summary>
internal readonly struct FieldCheck(FieldRule rule)
{
    public readonly long Min = rule.Min;
    public readonly long Max = rule.Max;
    public readonly int LengthMax = rule.LengthMax;
    public readonly int ItemsMax = rule.ItemsMax;
    public readonly FieldKind Kind = rule.Kind;
    public readonly FieldPattern Pattern = rule.Pattern;
    public readonly MacroPolicy Macro = rule.Macro;
    public readonly FieldOwner Owner = rule.Owner;
    public readonly byte NullableBytes = rule.Nullable ? (byte)1 : (byte)0;

    public bool Nullable => NullableBytes != 0;
}
