using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>A long job in numbers, as clients get them.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Numbers">The numbers.</param>
sealed record JobFigures(DomainJobOperation Operation, CookieStatistics Numbers)
{
    /// <summary>How it ended.</summary>
    internal DomainJobType Type { get; private init; } = DomainJobType.Completed;

    Backups.BackupFigures? backup;
    TypedParameter[]? more;

    /// <summary>Those of a backup.</summary>
    internal static JobFigures OfBackup(Backups.BackupFigures figures, TypedParameter[] more) => new(DomainJobOperation.Backup, new()) { backup = figures, more = more };

    /// <summary>That of a backup of which nothing is left, which has no numbers.</summary>
    internal static JobFigures OfLostBackup(DomainJobType outcome) => new(DomainJobOperation.Backup, new()) { Type = outcome };

    /// <summary>QEMU's numbers in the words of cookies.</summary>
    internal static CookieStatistics Of(CookieStatistics times, MigrationProgress now) => times with
    {
        Downtime = now.Downtime ?? times.Downtime,
        SetupTime = now.SetupTime ?? times.SetupTime,
        MemoryTotal = now.Memory?.Total ?? 0,
        MemoryProcessed = now.Memory?.Processed ?? 0,
        MemoryRemaining = now.Memory?.Remaining ?? 0,
        MemoryRate = now.Memory?.BytesPerSecond ?? 0,
        MemoryConstantPages = now.Memory?.Duplicate ?? 0,
        MemoryNormalPages = now.Memory?.Normal ?? 0,
        MemoryNormalBytes = now.Memory?.NormalBytes ?? 0,
        MemoryDirtyRate = now.Memory?.DirtyRate ?? 0,
        MemoryIteration = now.Memory?.Iteration ?? 0,
        MemoryPostcopyRequests = now.Memory?.PostcopyRequests ?? 0,
        MemoryPageSize = now.Memory?.PageSize ?? 0,
        DiskTotal = now.Disk?.Total ?? times.DiskTotal ?? 0,
        DiskProcessed = now.Disk?.Processed ?? times.DiskProcessed ?? 0,
        DiskRemaining = now.Disk?.Remaining ?? times.DiskRemaining ?? 0,
        DiskRate = now.Disk?.BytesPerSecond ?? times.DiskRate ?? 0,
        CompressionCache = now.Cache?.Size,
        CompressionBytes = now.Cache?.Bytes,
        CompressionPages = now.Cache?.Pages,
        CompressionCacheMisses = now.Cache?.Misses,
        CompressionOverflow = now.Cache?.Overflow,
        AutoConvergeThrottle = now.Throttle,
    };

    ulong Total => (Numbers.MemoryTotal ?? 0) + (Numbers.DiskTotal ?? 0);
    ulong Processed => (Numbers.MemoryProcessed ?? 0) + (Numbers.DiskProcessed ?? 0);
    ulong Remaining => (Numbers.MemoryRemaining ?? 0) + (Numbers.DiskRemaining ?? 0);

    /// <summary>The few numbers of the older call.</summary>
    internal DomainJobInfo ToInfo(DomainJobType type) => backup is { } figures ? figures.ToInfo(type) : new(
        type, Numbers.TimeElapsed ?? 0, Numbers.TimeRemaining ?? 0, Total, Processed, Remaining,
        Numbers.MemoryTotal ?? 0, Numbers.MemoryProcessed ?? 0, Numbers.MemoryRemaining ?? 0,
        Numbers.DiskTotal ?? 0, Numbers.DiskProcessed ?? 0, Numbers.DiskRemaining ?? 0);

    /// <summary>All of them by name, in libvirt's order.</summary>
    internal TypedParameter[] ToParameters()
    {
        if (Operation is DomainJobOperation.Backup)
            return [new("operation", (int)Operation), .. backup?.ToParameters() ?? [], .. more ?? []];
        var all = new List<TypedParameter> { new("operation", (int)Operation), new("time_elapsed", Numbers.TimeElapsed ?? 0) };
        void Add(string name, ulong? value)
        {
            if (value is { } number) all.Add(new(name, number));
        }
        // Times that the way between two hosts is part of are told without it as well.
        void Net(string name, ulong? value)
        {
            if (value is { } whole && Numbers.Delta is { } delta && (long)whole > delta) all.Add(new(name, (ulong)((long)whole - delta)));
        }
        Net("time_elapsed_net", Numbers.TimeElapsed);
        Add("downtime", Numbers.Downtime);
        Net("downtime_net", Numbers.Downtime);
        Add("setup_time", Numbers.SetupTime);
        Add("data_total", Total);
        Add("data_processed", Processed);
        Add("data_remaining", Remaining);
        Add("memory_total", Numbers.MemoryTotal ?? 0);
        Add("memory_processed", Numbers.MemoryProcessed ?? 0);
        Add("memory_remaining", Numbers.MemoryRemaining ?? 0);
        Add("memory_bps", NotZero(Numbers.MemoryRate));
        Add("memory_constant", Numbers.MemoryConstantPages ?? 0);
        Add("memory_normal", Numbers.MemoryNormalPages ?? 0);
        Add("memory_normal_bytes", Numbers.MemoryNormalBytes ?? 0);
        Add("memory_dirty_rate", Numbers.MemoryDirtyRate ?? 0);
        Add("memory_iteration", Numbers.MemoryIteration ?? 0);
        Add("memory_postcopy_requests", Numbers.MemoryPostcopyRequests ?? 0);
        Add("memory_page_size", NotZero(Numbers.MemoryPageSize));
        // Only a migration takes disks along.
        if (Operation is DomainJobOperation.MigrationIn or DomainJobOperation.MigrationOut)
        {
            Add("disk_total", Numbers.DiskTotal ?? 0);
            Add("disk_processed", Numbers.DiskProcessed ?? 0);
            Add("disk_remaining", Numbers.DiskRemaining ?? 0);
            Add("disk_bps", NotZero(Numbers.DiskRate));
        }
        Add("compression_cache", Numbers.CompressionCache);
        Add("compression_bytes", Numbers.CompressionBytes);
        Add("compression_pages", Numbers.CompressionPages);
        Add("compression_cache_misses", Numbers.CompressionCacheMisses);
        Add("compression_overflow", Numbers.CompressionOverflow);
        if (Numbers.AutoConvergeThrottle is > 0 and var throttle) all.Add(new("auto_converge_throttle", (int)throttle));
        return [.. all];
    }

    static ulong? NotZero(ulong? value) => value is > 0 ? value : null;
}
