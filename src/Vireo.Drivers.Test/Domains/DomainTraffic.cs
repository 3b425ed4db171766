using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What disks and network cards did, made up from the time of day so that it grows.</summary>
sealed class DomainTraffic(TestHost host) : DomainWork(host), IDomainBlockStatistics, IDomainInterfaceStatistics
{
    const ulong Tebibyte = 1UL << 40;

    /// <summary>What the guest does not see of a disk's image, in bytes.</summary>
    const ulong Hole = 5177344;

    public ValueTask<BlockStatistics> GetBlockStatisticsAsync(DomainRef domain, string path, CancellationToken cancel)
    {
        if (path.Length is 0)
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Test, "summary statistics are not supported yet");
        DomainView found = SeeRunning(domain);
        if (DomainDevicesByName.FindDisk(found.Def.Devices, path) is null)
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"invalid path: {path}");
        long now = (long)Host.Microseconds, seconds = now / 1_000_000;
        return new(new BlockStatistics(now / 10, now / 20, now / 30, now / 40, seconds / 2));
    }

    public ValueTask<BlockInfo> GetBlockInfoAsync(DomainRef domain, string path, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetBlockInfo");
        Disk disk = DomainDevicesByName.FindDisk(See(domain).Def.Devices, path)
            ?? throw VireoException.InvalidArgument(ErrorDomain.Test, $"invalid path {path} not assigned to domain");
        if (string.IsNullOrEmpty(DomainDevicesByName.PathOf(disk)))
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"disk '{disk.Target.Device}' does not currently have a source assigned");
        return new(new BlockInfo(Tebibyte, Tebibyte - Hole, Tebibyte));
    }

    public ValueTask<InterfaceStatistics> GetInterfaceStatisticsAsync(DomainRef domain, string device, CancellationToken cancel)
    {
        DomainView found = SeeRunning(domain);
        DomainDevicesByName.GetInterface(found.Def.Devices, device);
        long now = (long)Host.Microseconds, seconds = now / 1_000_000;
        return new(new InterfaceStatistics(now / 10, now / 100, seconds, seconds / 2, now / 20, now / 110, seconds / 3, seconds / 4));
    }
}
