namespace AdTracking.Events.Layout;

/// <summary>Which text a field accepts, beyond its length.</summary>
public enum FieldPattern : byte
{
    /// <summary>Any text without U+0000.</summary>
    None,

    /// <summary>Visible ASCII without spaces (0x21 to 0x7E): ids, which become keys, hash input and log fields.</summary>
    Token,

    /// <summary>Three letters A-Z (ISO 4217).</summary>
    Currency,

    /// <summary>Two or three letters A-Z (ISO 3166-1).</summary>
    Country,

    /// <summary>An http or https address without user information, blanks, backslashes or control bytes.</summary>
    HttpUrl,
}
