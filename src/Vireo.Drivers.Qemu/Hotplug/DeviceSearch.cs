using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Addresses;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug;

/// <summary>Finds the device that a document means: each kind by what libvirt looks at, and the address and alias if the document says them.</summary>
static class DeviceSearch
{
    /// <summary>The device; null: the machine has none like it.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED for a card that several could be, VIR_ERR_DEVICE_MISSING for one that none is.</exception>
    internal static Device? Find(DomainDef machine, Device wanted) => wanted switch
    {
        Interface card => FindCard(machine, card),
        _ => machine.Devices.FirstOrDefault(device => device.GetType() == wanted.GetType() && IsMeant(device, wanted)),
    };

    /// <summary>A device's drive or target by its name in the guest.</summary>
    internal static Disk? FindDisk(DomainDef machine, string target) => machine.Devices.Disks.FirstOrDefault(d => d.Target.Device == target);

    /// <summary>The device with an alias.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: there is none.</exception>
    internal static Device FindAlias(DomainDef machine, string alias) => machine.Devices.FirstOrDefault(d => d.Alias == alias)
        ?? throw VireoException.Internal(ErrorDomain.Domain, $"no device found with alias {alias}");

    /// <summary>A lease by its key and the space of the key.</summary>
    internal static Lease? FindLease(DomainDef machine, Lease wanted) =>
        machine.Devices.Leases.FirstOrDefault(l => l.Key == wanted.Key && l.Lockspace == wanted.Lockspace);

    static bool IsMeant(Device device, Device wanted) => (device, wanted) switch
    {
        (Disk one, Disk other) => one.Target.Device == other.Target.Device,
        (Controller one, Controller other) => one.Type == other.Type && other.Index is { } index && (one.Index ?? 0) == index,
        (Filesystem one, Filesystem other) => one.Target == other.Target,
        (Hostdev one, Hostdev other) => IsSame(one.Source, other.Source),
        (Channel one, Channel other) => one.Target switch
        {
            ChannelTarget.OfVirtio port => other.Target is ChannelTarget.OfVirtio name && port.Name == name.Name,
            var target => target == other.Target,
        } && IsSame(one.Source, other.Source),
        (Serial one, Serial other) => one.Port == other.Port && (other.TargetType is null || one.TargetType == other.TargetType) && IsSame(one.Source, other.Source),
        (Model.Domain.Devices.Parallel one, Model.Domain.Devices.Parallel other) => one.Port == other.Port && IsSame(one.Source, other.Source),
        (GuestConsole one, GuestConsole other) => one.Port == other.Port && (other.TargetType is null || one.TargetType == other.TargetType) && IsSame(one.Source, other.Source),
        (RedirectedDevice one, RedirectedDevice other) => (one.Bus ?? RedirectBus.Usb) == (other.Bus ?? RedirectBus.Usb) && IsSame(one.Source, other.Source) && IsPlaced(one, other),
        (Rng one, Rng other) => one.Model == other.Model && IsSame(one.Backend, other.Backend) && one.Rate == other.Rate && IsPlaced(one, other),
        (Watchdog one, Watchdog other) => one.Model == other.Model && (one.Action ?? WatchdogAction.Reset) == (other.Action ?? WatchdogAction.Reset) && IsPlaced(one, other),
        (Input one, Input other) => one.Type == other.Type && (other.Bus is null || one.Bus == other.Bus) && one.Source?.Evdev == other.Source?.Evdev
            && one.Source?.Device == other.Source?.Device && IsPlaced(one, other),
        (SharedMemory one, SharedMemory other) => one.Name == other.Name && one.Model == other.Model && (one.Size ?? Usual(one)) == (other.Size ?? Usual(other))
            && (one.Server is null) == (other.Server is null) && one.Server?.Path == other.Server?.Path && one.Msi == other.Msi && IsPlaced(one, other),
        (MemoryDevice one, MemoryDevice other) => one.Model == other.Model && one.Target with { Current = null, Requested = null } == other.Target with { Current = null, Requested = null }
            && (one.Source ?? new()) == (other.Source ?? new()) && IsPlaced(one, other),
        (Vsock one, Vsock other) => (one.Model ?? VsockModel.Virtio) == (other.Model ?? VsockModel.Virtio) && (one.AutoCid ?? false) == (other.AutoCid ?? false)
            && (other.AutoCid is true || one.Cid == other.Cid) && IsPlaced(one, other),
        (Sound one, Sound other) => one.Model == other.Model && IsPlaced(one, other),
        _ => IsPlaced(device, wanted),
    };

    static Vireo.Core.MemorySize? Usual(SharedMemory memory) => memory.Model is SharedMemoryModel.IvShmemDoorbell ? null : new Vireo.Core.MemorySize(4096);

    // Only what the document says is compared.
    static bool IsPlaced(Device one, Device other) => (other.Alias is null || one.Alias == other.Alias)
        && (other.IsUnplaced() || one.Address == other.Address);

    static bool IsSame(RngBackend one, RngBackend other) => (one, other) switch
    {
        (RngBackend.OfRandom a, RngBackend.OfRandom b) => (a.Path ?? "/dev/urandom") == (b.Path ?? "/dev/urandom"),
        (RngBackend.OfEgd a, RngBackend.OfEgd b) => IsSame(a.Source, b.Source),
        _ => one == other,
    };

    static bool IsSame(HostdevSource one, HostdevSource other) => (one, other) switch
    {
        (HostdevSource.OfUsb a, HostdevSource.OfUsb b) => b.Bus is not null && b.Bus != 0
            ? a.Bus == b.Bus && a.DeviceNumber == b.DeviceNumber : a.Vendor == b.Vendor && a.Product == b.Product,
        (HostdevSource.OfPci a, HostdevSource.OfPci b) => a.Address == b.Address,
        (HostdevSource.OfScsi a, HostdevSource.OfScsi b) => a.Protocol == b.Protocol && a.Name == b.Name && a.Adapter == b.Adapter
            && a.Bus == b.Bus && a.Target == b.Target && a.Unit == b.Unit,
        (HostdevSource.OfScsiHost a, HostdevSource.OfScsiHost b) => a.Wwpn == b.Wwpn,
        (HostdevSource.OfMdev a, HostdevSource.OfMdev b) => a.Uuid == b.Uuid,
        _ => one == other,
    };

    static bool IsSame(ChardevSource one, ChardevSource other) => (one, other) switch
    {
        (ChardevSource.OfPty a, ChardevSource.OfPty b) => a.Path == b.Path,
        (ChardevSource.OfDevice a, ChardevSource.OfDevice b) => a.Path == b.Path,
        (ChardevSource.OfFile a, ChardevSource.OfFile b) => a.Path == b.Path && a.Append == b.Append,
        (ChardevSource.OfPipe a, ChardevSource.OfPipe b) => a.Path == b.Path,
        (ChardevSource.OfUnix a, ChardevSource.OfUnix b) => a.Path == b.Path && (b.Mode is null || (a.Mode ?? ChardevMode.Connect) == (b.Mode ?? ChardevMode.Connect)),
        (ChardevSource.OfTcp a, ChardevSource.OfTcp b) => a.Host == b.Host && a.Service == b.Service && (a.Mode ?? ChardevMode.Connect) == (b.Mode ?? ChardevMode.Connect),
        _ => one.GetType() == other.GetType(),
    };

    // By the address on the cable, and by place or alias where the document has them.
    static Interface FindCard(DomainDef machine, Interface wanted)
    {
        Interface? found = null;
        foreach (Interface card in machine.Devices.Interfaces)
        {
            bool fits = (wanted.Mac is null || card.Mac?.Address == wanted.Mac.Address)
                && (wanted.Address is not (DeviceAddress.Pci or DeviceAddress.Ccw) || wanted.IsUnplaced() || IsAt(card.Address, wanted.Address))
                && (wanted.Alias is null || card.Alias == wanted.Alias);
            if (!fits)
                continue;
            if (found is not null)
                throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Domain, $"multiple devices matching MAC address {wanted.Mac?.Address} found");
            found = card;
        }
        return found ?? throw new VireoException(ErrorCode.DeviceMissing, ErrorDomain.Domain,
            $"no device found at address '{Text(wanted.Address)}' matching MAC address '{wanted.Mac?.Address}' and alias '{wanted.Alias ?? Nothing}'");
    }

    const string Nothing = "(<null>)";

    static bool IsAt(DeviceAddress? here, DeviceAddress wanted) => (here, wanted) switch
    {
        (DeviceAddress.Pci a, DeviceAddress.Pci b) => (a.Domain, a.Bus, a.Slot, a.Function) == (b.Domain, b.Bus, b.Slot, b.Function),
        _ => here == wanted,
    };

    static string Text(DeviceAddress? address) => address switch
    {
        DeviceAddress.Pci pci when pci != new DeviceAddress.Pci() =>
            string.Create(CultureInfo.InvariantCulture, $"{pci.Domain:x4}:{pci.Bus:x2}:{pci.Slot:x2}.{pci.Function:x}"),
        DeviceAddress.Ccw { DevNo: { } number } ccw => string.Create(CultureInfo.InvariantCulture, $"{ccw.CssId ?? 0:x}.{ccw.SsId ?? 0:x}.{number:x4}"),
        _ => Nothing,
    };
}
