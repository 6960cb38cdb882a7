using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

/// <summary>What a caller may cost us. Units are in the names; the defaults are those of docs/http.md.</summary>
internal sealed class LimitOptions
{
    [Range(1_024, 1 << 20)]
    public int RequestLineBytesMax { get; set; } = 16 << 10;

    [Range(1_024, 1 << 20)]
    public int HeaderBytesMax { get; set; } = 32 << 10;

    [Range(1_024, 64 << 20)]
    public int BodyBytesMax { get; set; } = 1 << 20;

    [Range(1_024, 64 << 20)]
    public int BeaconBytesMax { get; set; } = 64 << 10;

    [Range(1_024, 64 << 20)]
    public int DecompressedBytesMax { get; set; } = 8 << 20;

    [Range(1, 65_535)]
    public int EventsMax { get; set; } = 1_000;

    [Range(256, 96 << 10)]
    public int EventBytesMax { get; set; } = 32 << 10;

    /// <summary>How much of a rejected body its BadEvent keeps.</summary>
    [Range(0, 64 << 10)]
    public int BadBodyBytesMax { get; set; } = 8 << 10;

    [Range(2, 64)]
    public int JsonDepthMax { get; set; } = 8;

    [Range(100, 600_000)]
    public int HeaderReadMs { get; set; } = 10_000;

    [Range(1_000, 3_600_000)]
    public int KeepAliveMs { get; set; } = 130_000;

    /// <summary>Bytes per second below which reading a body is ended; 0 switches the rule off.</summary>
    [Range(0, 1 << 20)]
    public int BodyRateMin { get; set; } = 240;

    [Range(1_001, 600_000)]
    public int BodyRateGraceMs { get; set; } = 5_000;

    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 10_000;
}
