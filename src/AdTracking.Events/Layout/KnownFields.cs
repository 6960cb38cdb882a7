namespace AdTracking.Events.Layout;

/// <summary>The indexes of the fields that the code uses by name; -1 where a class has no such field.</summary>
internal sealed class KnownFields
{
    public KnownFields(FieldRule[] fields)
    {
        EventId = IndexOf(fields, "event_id");
        EventName = IndexOf(fields, "event_name");
        AdServingId = IndexOf(fields, "ad_serving_id");
        PublisherId = IndexOf(fields, "publisher_id");
        ReceivedTs = IndexOf(fields, "received_ts");
        EdgeId = IndexOf(fields, "edge_id");
        SchemaRev = IndexOf(fields, "schema_rev");
        TrackingMethod = IndexOf(fields, "tracking_method");
        Billable = IndexOf(fields, "billable");
        NotBillableReason = IndexOf(fields, "not_billable_reason");
        IdSource = IndexOf(fields, "id_source");
        Ip = IndexOf(fields, "ip");
        IpTruncated = IndexOf(fields, "ip_truncated");
        IpSource = IndexOf(fields, "ip_source");
        UserAgent = IndexOf(fields, "user_agent");
        Referer = IndexOf(fields, "referer");
        Origin = IndexOf(fields, "origin");
        ServerSide = IndexOf(fields, "server_side");
        Test = IndexOf(fields, "test");
        Ext = IndexOf(fields, "ext");
        BillingSource = IndexOf(fields, "billing_source");
        Seq = IndexOf(fields, "seq");
        EngagementGroup = IndexOf(fields, "engagement_group");
        IdSourceClient = SymbolOf(fields, IdSource, "CLIENT");
        IdSourceDerived = SymbolOf(fields, IdSource, "DERIVED");
        IdSourceGenerated = SymbolOf(fields, IdSource, "GENERATED");
    }

    public int EventId { get; }

    public int EventName { get; }

    public int AdServingId { get; }

    public int PublisherId { get; }

    public int ReceivedTs { get; }

    public int EdgeId { get; }

    public int SchemaRev { get; }

    public int TrackingMethod { get; }

    public int Billable { get; }

    public int NotBillableReason { get; }

    public int IdSource { get; }

    public int Ip { get; }

    public int IpTruncated { get; }

    public int IpSource { get; }

    public int UserAgent { get; }

    public int Referer { get; }

    public int Origin { get; }

    public int ServerSide { get; }

    public int Test { get; }

    public int Ext { get; }

    public int BillingSource { get; }

    public int Seq { get; }

    public int EngagementGroup { get; }

    public int IdSourceClient { get; }

    public int IdSourceDerived { get; }

    public int IdSourceGenerated { get; }

    private static int IndexOf(FieldRule[] fields, string name) => Array.FindIndex(fields, field => field.Name == name);

    private static int SymbolOf(FieldRule[] fields, int field, string symbol) => field < 0 ? 0 : Math.Max(fields[field].Symbols.IndexOf(symbol), 0);
}
