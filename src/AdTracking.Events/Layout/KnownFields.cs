namespace AdTracking.Events.Layout;

/// <summary>The indexes of the fields that the code uses by name; -1 where a class has no such field.</summary>
internal sealed class KnownFields(FieldRule[] fields)
{
    public int EventId { get; } = IndexOf(fields, "event_id");

    public int EventName { get; } = IndexOf(fields, "event_name");

    public int AdServingId { get; } = IndexOf(fields, "ad_serving_id");

    public int PublisherId { get; } = IndexOf(fields, "publisher_id");

    public int ReceivedTs { get; } = IndexOf(fields, "received_ts");

    public int EdgeId { get; } = IndexOf(fields, "edge_id");

    public int SchemaRev { get; } = IndexOf(fields, "schema_rev");

    public int TrackingMethod { get; } = IndexOf(fields, "tracking_method");

    public int Billable { get; } = IndexOf(fields, "billable");

    public int NotBillableReason { get; } = IndexOf(fields, "not_billable_reason");

    public int IdSource { get; } = IndexOf(fields, "id_source");

    public int Ip { get; } = IndexOf(fields, "ip");

    public int IpTruncated { get; } = IndexOf(fields, "ip_truncated");

    public int IpSource { get; } = IndexOf(fields, "ip_source");

    public int UserAgent { get; } = IndexOf(fields, "user_agent");

    public int Referer { get; } = IndexOf(fields, "referer");

    public int Origin { get; } = IndexOf(fields, "origin");

    public int ServerSide { get; } = IndexOf(fields, "server_side");

    public int Test { get; } = IndexOf(fields, "test");

    public int Ext { get; } = IndexOf(fields, "ext");

    public int BillingSource { get; } = IndexOf(fields, "billing_source");

    public int Seq { get; } = IndexOf(fields, "seq");

    public int EngagementGroup { get; } = IndexOf(fields, "engagement_group");

    public int IdSourceClient { get; } = SymbolOf(fields, IndexOf(fields, "id_source"), "CLIENT");

    public int IdSourceDerived { get; } = SymbolOf(fields, IndexOf(fields, "id_source"), "DERIVED");

    public int IdSourceGenerated { get; } = SymbolOf(fields, IndexOf(fields, "id_source"), "GENERATED");

    private static int IndexOf(FieldRule[] fields, string name) => Array.FindIndex(fields, field => field.Name == name);

    private static int SymbolOf(FieldRule[] fields, int field, string symbol) => field < 0 ? 0 : Math.Max(fields[field].Symbols.IndexOf(symbol), 0);
}
