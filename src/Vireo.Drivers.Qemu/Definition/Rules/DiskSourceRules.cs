using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Where disks' images are, and who guards them.</summary>
sealed class DiskSourceRules : IRules<Disk, RuledMachine>
{
    const ulong HighestLimit = 1000000000000000;

    public static void Check(Disk element, RuledMachine document, Findings found)
    {
        Disk disk = element;
        switch (disk.Source)
        {
            case DiskSource.OfNetwork network:
                CheckNetwork(network, found);
                break;
            case DiskSource.OfNvme nvme:
                if (nvme.Namespace is 0)
                    found.Unsupported(nvme, "NVMe namespace can't be zero");
                break;
            case DiskSource.OfVhostUser socket:
                CheckVhostUser(disk, socket, document, found);
                break;
            case DiskSource.OfDirectory directory:
                if (!disk.ReadOnly)
                    found.Unsupported(directory, "virtual FAT storage can't be accessed in read-write mode");
                if (disk.Driver?.Type is not (null or StorageFormat.Fat or StorageFormat.Raw or StorageFormat.Auto))
                    found.Unsupported(directory, "storage type 'dir' requires use of storage format 'fat'");
                break;
        }
        if (disk.Source.Reservations is { } kept && disk.Kind is not DiskKind.Lun)
            found.Unsupported(kept, "<reservations/> allowed only for lun devices");
        if ((disk.Encryption ?? disk.Source.Encryption) is { Format: EncryptionFormat.Qcow or EncryptionFormat.Default, Engine: not EncryptionEngine.Librbd } old)
            found.Unsupported(old, "old qcow/qcow2 encryption is not supported");
        if (disk.IoTune is { } limits)
            CheckLimits(limits, found);
    }

    static void CheckNetwork(DiskSource.OfNetwork network, Findings found)
    {
        if (network.Tls is true && network.Protocol is not (NetworkDiskProtocol.Nbd or NetworkDiskProtocol.Vxhs))
            found.Unsupported(network, $"TLS transport is not supported for disk protocol '{network.Protocol.ToXml()}'");
        foreach (DiskCookie cookie in network.Cookies)
        {
            if (cookie.Name.AsSpan().IndexOfAnyExcept(Token) >= 0)
                found.Wrong(network, $"cookie name '{cookie.Name}' contains invalid characters");
            else if (cookie.Value?.AsSpan().Trim('"').IndexOfAny(NotInValue) >= 0)
                found.Wrong(network, $"value of cookie '{cookie.Name}' contains invalid characters");
        }
    }

    static readonly System.Buffers.SearchValues<char> NotInValue = System.Buffers.SearchValues.Create(" \t\",;\\");

    static readonly System.Buffers.SearchValues<char> Token =
        System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    static void CheckVhostUser(Disk disk, DiskSource.OfVhostUser socket, RuledMachine machine, Findings found)
    {
        if (disk.Target.Bus is not (null or DiskBus.Virtio))
            found.Unsupported(socket, "vhostuser disk supports only virtio bus");
        if (disk.Snapshot is not (null or DiskSnapshot.No))
            found.Unsupported(socket, "only snapshot=no is supported with vhostuser disk");
        if (!VisibleMemory.IsIn(machine.Def))
            found.Unsupported(socket, "'vhostuser' requires shared memory");
    }

    static void CheckLimits(DiskIoTune limits, Findings found)
    {
        foreach (ulong? value in (ulong?[])[limits.TotalBytes, limits.ReadBytes, limits.WriteBytes, limits.TotalIops, limits.ReadIops, limits.WriteIops,
            limits.TotalBytesMax, limits.ReadBytesMax, limits.WriteBytesMax, limits.TotalIopsMax, limits.ReadIopsMax, limits.WriteIopsMax, limits.SizeIops])
            if (value > HighestLimit)
            {
                found.Add(limits, ErrorCode.ArgumentUnsupported, $"block I/O throttle limit must be no more than {HighestLimit} using QEMU");
                break;
            }
    }
}

/// <summary>Memory that programs beside QEMU can see.</summary>
static class VisibleMemory
{
    public static bool IsIn(DomainDef machine)
    {
        MemoryBacking backing = machine.MemoryBacking ?? new MemoryBacking();
        return backing.Access is MemoryAccess.Shared || backing.Source is MemorySourceType.Memfd
            || machine.Cpu?.Numa is { Cells.Count: > 0 } numa && numa.Cells.All(static c => c.MemoryAccess is MemoryAccess.Shared);
    }
}
