namespace AdTracking.Events.Layout;

/// <summary>The three layouts that a decoder chooses from by event name.</summary>
public sealed class EventLayouts
{
    /// <summary>Puts the three together; their common fields must be the same fields at the same places.</summary>
    /// <param name="impression">Layout of impressions.</param>
    /// <param name="click">Layout of clicks.</param>
    /// <param name="engagement">Layout of engagements.</param>
    public EventLayouts(EventLayout impression, EventLayout click, EventLayout engagement)
    {
        Impression = impression;
        Click = click;
        Engagement = engagement;
        var common = 0;
        while (IsCommon(common))
        {
            common++;
        }

        CommonCount = common;
        // A name that stands for a common field in one class stands for the same field in the others, so a decoder may start
        // before it knows the class.
        if (impression.Known.EventName is not (>= 0 and var at) || at >= common)
        {
            throw new ArgumentException("event_name is not a common field.", nameof(impression));
        }

        Names = new EventNames(impression, click, engagement);
    }

    /// <summary>Layout of impressions.</summary>
    public EventLayout Impression { get; }

    /// <summary>Layout of clicks.</summary>
    public EventLayout Click { get; }

    /// <summary>Layout of engagements.</summary>
    public EventLayout Engagement { get; }

    /// <summary>How many leading fields all three have in common.</summary>
    public int CommonCount { get; }

    /// <summary>Every event name of the three classes.</summary>
    public EventNames Names { get; }

    /// <summary>The layout of an event class.</summary>
    /// <param name="kind">Event class.</param>
    public EventLayout Of(EventKind kind) => kind switch
    {
        EventKind.Impression => Impression,
        EventKind.Click => Click,
        _ => Engagement,
    };

    private bool IsCommon(int index) =>
        index < Impression.Fields.Length && index < Click.Fields.Length && index < Engagement.Fields.Length
        && Impression.Fields[index].IsSameAs(Click.Fields[index]) && Impression.Fields[index].IsSameAs(Engagement.Fields[index]);
}
