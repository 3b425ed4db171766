using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using FileSystemInfo = Vireo.Driver.FileSystemInfo;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>File systems of guests, by their agents.</summary>
sealed class GuestFileSystems(QemuConnection connection) : AgentWork(connection), IDomainFileSystems, IDomainFileSystemFreeze, IDomainFileSystemTrim
{
    public async ValueTask<FileSystemInfo[]> GetFileSystemsAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        None(flags, "qemuDomainGetFSInfo");
        var machine = Connection.Get(domain);
        var all = await AskAsync(machine, new GuestGetFsInfo(), cancel).ConfigureAwait(false);
        DomainDef? def = machine.Snapshot.Live;
        return [.. all.Select(one => new FileSystemInfo(one.MountPoint, one.Name, one.Type, [.. one.Disks.Select(disk => TargetOf(def, disk)).OfType<string>()]))];
    }

    static void None(uint flags, string function)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags(function, flags);
    }

    /// <summary>The target of the disk that is where the guest says; null: none is.</summary>
    internal static string? TargetOf(DomainDef? def, GuestDisk disk)
    {
        if (def is null)
            return null;
        uint? controller = def.Devices.Controllers.FirstOrDefault(one => IsAt(one.Address, disk.Pci))?.Index;
        return def.Devices.Disks.FirstOrDefault(one => IsAt(one.Address, disk.Pci) || one.Address is DeviceAddress.Drive place
            && place.Controller == controller && place.Bus == disk.BusNumber && place.Target == disk.Target && place.Unit == disk.Unit)?.Target.Device;
    }

    static bool IsAt(DeviceAddress? address, string pci) => address is DeviceAddress.Pci at && $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x}" == pci;

    public async ValueTask<int> FreezeFileSystemsAsync(DomainRef domain, string[] mountPoints, uint flags, CancellationToken cancel)
    {
        None(flags, "qemuDomainFSFreeze");
        return await AskAsync(domain, new GuestFreeze(mountPoints.Length == 0 ? null : mountPoints), cancel).ConfigureAwait(false);
    }

    public async ValueTask<int> ThawFileSystemsAsync(DomainRef domain, string[] mountPoints, uint flags, CancellationToken cancel)
    {
        None(flags, "qemuDomainFSThaw");
        return await AskAsync(domain, new GuestThaw(), cancel).ConfigureAwait(false);
    }

    public async ValueTask TrimFileSystemsAsync(DomainRef domain, string? mountPoint, ulong minimum, uint flags, CancellationToken cancel)
    {
        None(flags, "qemuDomainFSTrim");
        if (mountPoint is not null)
            throw QemuErrors.ArgumentUnsupported("Specifying mount point is not supported for now");
        await AskAsync(GetActive(domain), new GuestTrim(minimum), cancel).ConfigureAwait(false);
    }
}
