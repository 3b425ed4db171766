using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Numbers that are made up, always in the same way.</summary>
sealed class DomainNumbers(TestHost host) : DomainWork(host), IDomainMemoryStatistics, IDomainDiskErrors
{
    /// <summary>When the balloon is said to have reported last, in seconds since 1970.</summary>
    const ulong LastReport = 627319920;

    public ValueTask<MemoryStatistic[]> GetMemoryStatisticsAsync(DomainRef domain, uint maxStats, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainMemoryStats");
        DomainView found = SeeRunning(domain);
        if (found.Def.Devices.MemoryBalloon is null)
            return new([]);
        ulong memory = found.Memory;
        MemoryStatistic[] all =
        [
            new(DomainMemoryStatTag.ActualBalloon, memory), new(DomainMemoryStatTag.SwapIn, 0), new(DomainMemoryStatTag.SwapOut, 0),
            new(DomainMemoryStatTag.MajorFault, 0), new(DomainMemoryStatTag.MinorFault, 0), new(DomainMemoryStatTag.Unused, memory / 2),
            new(DomainMemoryStatTag.Available, memory), new(DomainMemoryStatTag.Usable, memory / 2),
            new(DomainMemoryStatTag.LastUpdate, LastReport), new(DomainMemoryStatTag.DiskCaches, memory / 8),
            new(DomainMemoryStatTag.HugetlbPgalloc, 0), new(DomainMemoryStatTag.HugetlbPgfail, 0), new(DomainMemoryStatTag.Rss, memory / 2),
        ];
        return new([.. all.Take((int)Math.Min(maxStats, (uint)all.Length))]);
    }

    /// <summary>The first disk has failed, the second is full.</summary>
    public ValueTask<DomainDiskError[]> GetDiskErrorsAsync(DomainRef domain, uint maxErrors, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetDiskErrors");
        return new((DomainDiskError[])
        [
            .. SeeRunning(domain).Def.Devices.Disks.AsSpan().ToArray().Take((int)Math.Min(maxErrors, 16))
                .Select((disk, at) => new DomainDiskError(disk.Target.Device, (DomainDiskErrorCode)((at + 1) % 3)))
                .Where(disk => disk.Error is not DomainDiskErrorCode.None),
        ]);
    }
}
