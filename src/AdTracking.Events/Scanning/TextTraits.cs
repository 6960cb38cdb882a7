namespace AdTracking.Events.Scanning;

/// <summary>What was seen in a JSON string while its end was looked for.</summary>
[Flags]
internal enum TextTraits : byte
{
    None = 0,

    /// <summary>There are backslashes: the text must be unescaped.</summary>
    Escaped = 1,

    /// <summary>There are bytes above 0x7F: the text must be checked as UTF-8.</summary>
    NonAscii = 2,
}
