using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>Devices of a machine that runs: what libvirt lets come, go and change, and how it refuses the rest.</summary>
static class LiveChanges
{
    /// <summary>Plugs a device.</summary>
    internal static async ValueTask AttachAsync(IPlugGuest guest, DeviceDocument document, CancellationToken cancel)
    {
        DomainDef live = guest.Def;
        if (document.Lease is { } lease)
        {
            if (DeviceSearch.FindLease(live, lease) is not null)
                throw HotplugErrors.LeaseThere(lease);
            guest.Publish(def => def with { Devices = def.Devices with { Leases = def.Devices.Leases.Add(lease) } });
            return;
        }
        if (document.Device is not { } written)
            throw HotplugErrors.NotOffered("live attach", document.Kind);
        NewDevice.CheckAlias(live, written);
        if (written is Disk named)
            written = await guest.ResolveAsync(named, cancel).ConfigureAwait(false);
        if (written is Disk { Kind: DiskKind.CdRom or DiskKind.Floppy } removable && DeviceSearch.FindDisk(live, removable.Target.Device) is { } drive)
        {
            await MediaChange.RunAsync(guest, drive, removable, force: false, cancel).ConfigureAwait(false);
            return;
        }
        NewDevice.CheckBridge(written);
        CheckNew(live, written);
        if (!IsRemovable(written) || written is Controller { Type: not ControllerType.Scsi })
            CheckRefused(guest, written, document.Kind);
        LivePlace.Placed placed = LivePlace.Find(guest, written);
        CheckAttach(placed.Device);
        if (placed.Device is Interface { Source: InterfaceSource.OfNetwork } card)
            await ConnectFlow.RunAsync(guest, card, written.Alias, (plugged, noted) => PlugAsync(guest, placed.Controllers, plugged, noted, cancel), cancel).ConfigureAwait(false);
        else
            await PlugAsync(guest, placed.Controllers, placed.Device, null, cancel).ConfigureAwait(false);
    }

    static async ValueTask PlugAsync(IPlugGuest guest, IReadOnlyList<Controller> controllers, Device placed, Interface? noted, CancellationToken cancel)
    {
        var made = new List<Controller>();
        try
        {
            await guest.ReachAsync(placed, cancel).ConfigureAwait(false);
            Device device = Numbered(guest, guest.Locate(placed));
            foreach (Controller controller in controllers)
            {
                await AttachFlow.RunAsync(guest, controller, aside: true, noted, cancel).ConfigureAwait(false);
                made.Add(controller);
            }
            await AttachFlow.RunAsync(guest, device, aside: false, noted, cancel).ConfigureAwait(false);
        }
        catch
        {
            // A controller that nobody uses goes again; if the guest does not let it, it stays, as the definition says.
            foreach (Controller controller in made)
                if (guest.Def.Devices.Controllers.FirstOrDefault(c => c.Alias == controller.Alias) is { } left)
                    await TryDetachAsync(guest, left).ConfigureAwait(false);
            throw;
        }
    }

    // What is wrong with it is said before that it cannot come.
    static void CheckRefused(IPlugGuest guest, Device written, string kind)
    {
        var (machine, made) = NewDevice.Insert(guest.Def, written, guest.Facts, guest.Planning);
        NewDevice.CheckOwn(machine, made, guest.Facts);
        throw written is Controller controller
            ? HotplugErrors.Unsupported($"'{controller.Type.ToXml()}' controller cannot be hot plugged.")
            : HotplugErrors.NotOffered("live attach", kind);
    }

    static async ValueTask TryDetachAsync(IPlugGuest guest, Device device)
    {
        try
        {
            await DetachFlow.RunAsync(guest, device, waits: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            // What the caller has to know is why its device is not there.
        }
    }

    // Images have numbers of their own, by which QEMU's nodes are called.
    internal static Device Numbered(IPlugGuest guest, Device device) =>
        device is Disk disk && disk.Source is not DiskSource.OfVhostUser && disk.Target.Bus is not DiskBus.Sd ? Numbered(guest, disk) : device;

    internal static Disk Numbered(IPlugGuest guest, Disk disk) => BlockGraph.IsEmpty(disk.Source) ? disk : disk with
    {
        Source = disk.Source with { Index = guest.NextImage() },
        BackingStore = Numbered(guest, disk.BackingStore),
    };

    static BackingStore? Numbered(IPlugGuest guest, BackingStore? store) =>
        store is not { Source: not null } ? store : store with { Index = guest.NextImage(), Next = Numbered(guest, store.Next) };

    static string NameOf(Disk disk) => Audit.StartAudit.PathOf(disk.Source) ?? (disk.Source as DiskSource.OfNetwork)?.Name ?? "NULL";

    static void CheckNew(DomainDef live, Device device)
    {
        switch (device)
        {
            case Disk disk when DeviceSearch.FindDisk(live, disk.Target.Device) is { } other:
                throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain,
                    $"target '{disk.Target.Device}' duplicated for disk sources '{NameOf(other)}' and '{NameOf(disk)}'");
            case Watchdog when !live.Devices.Watchdogs.IsEmpty:
                throw QemuErrors.Invalid("domain already has a watchdog");
            case Vsock when live.Devices.Vsock is not null:
                throw QemuErrors.Invalid("the domain already has a vsock device");
            case Controller controller when controller.Index is not null && DeviceSearch.Find(live, controller) is not null:
                throw HotplugErrors.Failed($"target {controller.Type.ToXml()}:{controller.Index} already exists");
            case Serial or Model.Domain.Devices.Parallel or Channel or GuestConsole when DeviceSearch.Find(live, device) is not null:
                throw QemuErrors.Invalid("chardev already exists");
            case Hostdev { Source: HostdevSource.OfUsb } when DeviceSearch.Find(live, device) is not null:
                throw QemuErrors.Invalid("device is already in the domain configuration");
        }
    }

    static void CheckAttach(Device device)
    {
        switch (device)
        {
            case Filesystem { Driver.Type: not FilesystemDriverType.VirtioFs } or Filesystem { Driver: null }:
                throw HotplugErrors.Unsupported("only virtiofs filesystems can be hotplugged");
            case SharedMemory { Model: null or SharedMemoryModel.IvShmem }:
                throw HotplugErrors.Unsupported("live attach of shmem model 'ivshmem' is not supported");
            case Watchdog { Model: not WatchdogModel.I6300Esb } watchdog:
                throw HotplugErrors.Unsupported($"hotplug of watchdog of model {watchdog.Model.ToXml()} is not supported");
            case Input { Bus: not (InputBus.Usb or InputBus.Virtio) } input:
                throw HotplugErrors.Unsupported($"input device on bus '{input.Bus?.ToXml()}' cannot be hot plugged.");
            case Serial { TargetType: not (SerialTarget.UsbSerial or SerialTarget.PciSerial) } or Model.Domain.Devices.Parallel
                or GuestConsole { TargetType: not ConsoleTarget.Virtio }:
                throw HotplugErrors.Unsupported("attaching serial console is not supported");
        }
    }

    /// <summary>Unplugs the device that a document means.</summary>
    internal static async ValueTask<Unplug> DetachAsync(IPlugGuest guest, DeviceDocument document, CancellationToken cancel)
    {
        DomainDef live = guest.Def;
        if (document.Lease is { } lease)
        {
            Lease known = DeviceSearch.FindLease(live, lease) ?? throw HotplugErrors.NoLease(lease, ErrorCode.InvalidArg);
            guest.Publish(def => def with { Devices = def.Devices with { Leases = [.. def.Devices.Leases.Where(l => l != known)] } });
            return Unplug.Gone;
        }
        if (document.Device is not { } wanted || !IsRemovable(wanted))
            throw HotplugErrors.NotOffered("live detach", document.Kind);
        if (wanted is Controller { Type: not ControllerType.Scsi } controller)
            throw HotplugErrors.Unsupported($"'{controller.Type.ToXml()}' controller cannot be hot unplugged.");
        return await DetachAsync(guest, DeviceSearch.Find(live, wanted) ?? throw HotplugErrors.NotInMachine(wanted), waits: true, cancel).ConfigureAwait(false);
    }

    /// <summary>Unplugs the device of an alias, without waiting for the guest.</summary>
    internal static async ValueTask DetachAsync(IPlugGuest guest, string alias, CancellationToken cancel)
    {
        Device device = DeviceSearch.FindAlias(guest.Def, alias);
        if (!IsRemovable(device))
            throw HotplugErrors.NotOffered("live detach", DeviceDocument.KindOf(device));
        await DetachAsync(guest, device, waits: false, cancel).ConfigureAwait(false);
    }

    static ValueTask<Unplug> DetachAsync(IPlugGuest guest, Device device, bool waits, CancellationToken cancel)
    {
        CheckDetach(guest.Def, device);
        if (device is Disk busy)
            BlockJobErrors.CheckFree(guest.BlockJobs, busy);
        return DetachFlow.RunAsync(guest, device, waits, cancel);
    }

    static bool IsRemovable(Device device) => device is Disk or Controller or Interface or Hostdev or RedirectedDevice or Serial or Model.Domain.Devices.Parallel or Channel
        or GuestConsole or Rng or MemoryDevice or SharedMemory or Watchdog or Input or Vsock or Filesystem;

    static void CheckDetach(DomainDef live, Device device)
    {
        switch (device)
        {
            case Disk { Kind: DiskKind.CdRom, Target.Bus: not (DiskBus.Usb or DiskBus.Scsi) } or Disk { Kind: DiskKind.Floppy }:
                throw HotplugErrors.Unsupported($"disk device type '{((Disk)device).Kind!.Value.ToXml()}' cannot be detached");
            case Disk { Kind: null or DiskKind.Disk or DiskKind.Lun, Target.Bus: not (DiskBus.Virtio or DiskBus.Usb or DiskBus.Scsi) }:
                throw HotplugErrors.Unsupported("This type of disk cannot be hot unplugged");
            case Controller { Type: not ControllerType.Scsi } controller:
                throw HotplugErrors.Unsupported($"'{controller.Type.ToXml()}' controller cannot be hot unplugged.");
            case Controller { Type: ControllerType.Scsi } controller when IsUsed(live, controller):
                throw HotplugErrors.Failed("device cannot be detached: device is busy");
            case Input { Bus: not (InputBus.Usb or InputBus.Virtio) } input:
                throw HotplugErrors.Unsupported($"input device on bus '{input.Bus?.ToXml()}' cannot be detached");
            case SharedMemory { Model: null or SharedMemoryModel.IvShmem }:
                throw HotplugErrors.Unsupported("live detach of shmem model 'ivshmem' is not supported");
            case Watchdog { Model: not WatchdogModel.I6300Esb } watchdog:
                throw HotplugErrors.Unsupported($"hot unplug of watchdog of model {watchdog.Model.ToXml()} is not supported");
            case Filesystem { Driver.Type: not FilesystemDriverType.VirtioFs } or Filesystem { Driver: null }:
                throw HotplugErrors.Unsupported("only virtiofs filesystems can be hot-unplugged");
        }
        if (device.Address is DeviceAddress.Pci { Multifunction: true } pci && device is not Controller { Type: ControllerType.Usb })
            throw HotplugErrors.Failed($"cannot hot unplug multifunction PCI device with guest address: {pci.Domain:x4}:{pci.Bus:x2}:{pci.Slot:x2}.{pci.Function:x}");
    }

    static bool IsUsed(DomainDef live, Controller controller) =>
        live.Devices.Disks.Any(d => d.Target.Bus is DiskBus.Scsi && d.Address is DeviceAddress.Drive drive && drive.Controller == (controller.Index ?? 0))
        || live.Devices.Hostdevs.Any(h => h.Source is HostdevSource.OfScsi && h.Address is DeviceAddress.Drive drive && drive.Controller == (controller.Index ?? 0));
}
