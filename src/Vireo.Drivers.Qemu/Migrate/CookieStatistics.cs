using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>
/// How the migration went on the source: the fields of virDomainGetJobStats, in its units (milliseconds, bytes, pages). What is not known is not there.
/// </summary>
[Element("statistics")]
public sealed partial record CookieStatistics
{
    /// <summary>When it started on the source, in milliseconds since 1970.</summary>
    [Text("started")] public ulong? Started { get; init; }

    /// <summary>When the guest stopped there.</summary>
    [Text("stopped")] public ulong? Stopped { get; init; }

    /// <summary>When this was sent.</summary>
    [Text("sent")] public ulong? Sent { get; init; }

    /// <summary>How far the two clocks are apart, in milliseconds.</summary>
    [Text("delta")] public long? Delta { get; init; }
    [Text("time_elapsed")] public ulong? TimeElapsed { get; init; }
    [Text("time_remaining")] public ulong? TimeRemaining { get; init; }
    [Text("downtime")] public ulong? Downtime { get; init; }
    [Text("setup_time")] public ulong? SetupTime { get; init; }
    [Text("memory_total")] public ulong? MemoryTotal { get; init; }
    [Text("memory_processed")] public ulong? MemoryProcessed { get; init; }
    [Text("memory_remaining")] public ulong? MemoryRemaining { get; init; }

    /// <summary>In bytes a second.</summary>
    [Text("memory_bps")] public ulong? MemoryRate { get; init; }
    [Text("memory_constant")] public ulong? MemoryConstantPages { get; init; }
    [Text("memory_normal")] public ulong? MemoryNormalPages { get; init; }
    [Text("memory_normal_bytes")] public ulong? MemoryNormalBytes { get; init; }

    /// <summary>In pages a second.</summary>
    [Text("memory_dirty_rate")] public ulong? MemoryDirtyRate { get; init; }
    [Text("memory_iteration")] public ulong? MemoryIteration { get; init; }
    [Text("memory_postcopy_requests")] public ulong? MemoryPostcopyRequests { get; init; }
    [Text("memory_page_size")] public ulong? MemoryPageSize { get; init; }
    [Text("disk_total")] public ulong? DiskTotal { get; init; }
    [Text("disk_processed")] public ulong? DiskProcessed { get; init; }
    [Text("disk_remaining")] public ulong? DiskRemaining { get; init; }

    /// <summary>In bytes a second.</summary>
    [Text("disk_bps")] public ulong? DiskRate { get; init; }
    [Text("compression_cache")] public ulong? CompressionCache { get; init; }
    [Text("compression_bytes")] public ulong? CompressionBytes { get; init; }
    [Text("compression_pages")] public ulong? CompressionPages { get; init; }
    [Text("compression_cache_misses")] public ulong? CompressionCacheMisses { get; init; }
    [Text("compression_overflow")] public ulong? CompressionOverflow { get; init; }

    /// <summary>In percent.</summary>
    [Text("auto_converge_throttle")] public uint? AutoConvergeThrottle { get; init; }
}
