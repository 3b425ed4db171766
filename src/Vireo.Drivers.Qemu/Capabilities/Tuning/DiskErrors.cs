using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Disks whose last request failed.</summary>
sealed class DiskErrors(QemuConnection connection) : IDomainDiskErrors
{
    public async ValueTask<DomainDiskError[]> GetDiskErrorsAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainGetDiskErrors", flags);
        var machine = connection.Get(domain);
        if (machine.Live is not { } live || machine.Snapshot.Live is not { } def)
            throw MachineErrors.NotRunning();
        var drives = await live.AskAsync(new QueryBlockLimits(), cancel).ConfigureAwait(false) ?? [];
        return [.. from disk in def.Devices.Disks
                   where disk.Alias is not null
                   let drive = drives.FirstOrDefault(one => one.QDev == DiskThrottling.PlaceOf(disk, disk.Alias!))
                   let error = drive?.Status switch { "nospace" => DomainDiskErrorCode.NoSpace, "failed" => DomainDiskErrorCode.Unspec, _ => DomainDiskErrorCode.None }
                   where error is not DomainDiskErrorCode.None
                   select new DomainDiskError(disk.Target.Device, error)];
    }
}
