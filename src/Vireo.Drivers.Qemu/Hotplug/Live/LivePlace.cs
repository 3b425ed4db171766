using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Addresses;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>Finds a place for a new device in a machine that runs, where controllers cannot be added as in a definition.</summary>
static class LivePlace
{
    /// <summary>A device that is ready to be plugged.</summary>
    /// <param name="Controllers">SCSI controllers that have to be plugged before, with their places and names.</param>
    /// <param name="Device">The device with defaults, place and name.</param>
    internal readonly record struct Placed(IReadOnlyList<Controller> Controllers, Device Device);

    /// <summary>Fills in what a document leaves out.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: there is no room; whatever is wrong with the device.</exception>
    internal static Placed Find(IPlugGuest guest, Device written)
    {
        DomainDef live = guest.Def;
        var (after, device) = NewDevice.Insert(live, written, guest.Facts, guest.Planning);
        if (WithScsi(live, device) is var more && !ReferenceEquals(more, live))
            (after, device) = NewDevice.Insert(more, written, guest.Facts, guest.Planning);
        NewDevice.CheckRules(live, after, device, guest.Facts);
        if (IsOnNewBus(live, device) && PciAddresses.FindFree(live, device, new DefinitionContext { Facts = guest.Facts }) is { } free)
            (after, device) = NewDevice.Insert(live, written with { Address = free }, guest.Facts, guest.Planning);      // a definition would keep the last slot for a bridge
        List<Controller> added = [.. after.Devices.Controllers.Where(c => !ReferenceEquals(c, device) && !Has(live, c))];
        if (added.Exists(static c => c.Type is ControllerType.VirtioSerial) && written is not Controller)
            throw VireoException.Internal(ErrorDomain.Qemu, "no virtio-serial controllers are available");
        List<Controller> needed = [.. added.Where(static c => c.Type is ControllerType.Scsi)];
        foreach (Device one in needed.Append(device))
            CheckRoom(live, after, one, added);
        List<Controller> named = [];
        foreach (Controller controller in needed)
            named.Add(controller with { Alias = Alias(live, controller) });
        device = Shown(device, guest.Start);
        return new Placed(named, device.Alias is null ? device with { Alias = Alias(live, device) } : device);
    }

    // What a running machine shows although its owner leaves it open.
    static Device Shown(Device device, StartContext start) => device switch
    {
        SharedMemory { Server: { Path: null } server } memory => memory with { Server = server with { Path = $"/var/lib/libvirt/shmem-{memory.Name}-sock" } },
        Disk { Source: { Reservations: { Managed: true, Path: null } kept } source } disk => disk with
        {
            Source = source with { Reservations = kept with { SourceType = "unix", Path = $"{start.DomainDirectory}/{BlockObjects.ManagedReservations}.sock", Mode = "client" } },
        },
        _ => device,
    };

    static bool Has(DomainDef machine, Controller controller) =>
        machine.Devices.Controllers.Any(c => c.Type == controller.Type && (c.Index ?? 0) == (controller.Index ?? 0));

    // A controller that a disk needs is like those that are there.
    static DomainDef WithScsi(DomainDef live, Device device)
    {
        if (device is not Disk { Target.Bus: DiskBus.Scsi, Address: DeviceAddress.Drive drive }
            || Has(live, new Controller { Type = ControllerType.Scsi, Index = drive.Controller })
            || live.Devices.Controllers.FirstOrDefault(static c => c.Type is ControllerType.Scsi)?.Model is not { } model)
            return live;
        DeviceSet set = live.Devices;
        for (uint index = 0; index <= Math.Min(drive.Controller, LastScsi); index++)
        {
            var controller = new Controller { Type = ControllerType.Scsi, Index = index, Model = model };
            if (!Has(live, controller))
                set = set.Insert(controller);
        }
        return live with { Devices = set };
    }

    const uint LastScsi = 255;

    static bool IsOnNewBus(DomainDef live, Device device) => device.Address is DeviceAddress.Pci pci
        && !live.Devices.Controllers.Any(c => c.Type is ControllerType.Pci && (c.Index ?? 0) == pci.Bus);

    static void CheckRoom(DomainDef live, DomainDef after, Device device, List<Controller> added)
    {
        if (device.Address is DeviceAddress.Pci pci && added.Exists(c => c.Type is ControllerType.Pci && c.Index == pci.Bus))
            throw VireoException.Internal(ErrorDomain.Qemu, "No more available PCI slots. Unplug a device, or add "
                + string.Join(" and ", added.Where(static c => c.Type is ControllerType.Pci).Select(static c => $"<controller type='pci' model='{c.Model}'/>").Distinct())
                + " to the definition for the next start");
        if (device.Address is DeviceAddress.Usb && after.Devices.Hubs.Count > live.Devices.Hubs.Count)
            throw VireoException.Internal(ErrorDomain.Qemu, "No free USB ports. Unplug a device, or add <hub type='usb'/> or <controller type='usb'/> to the definition for the next start");
    }

    /// <summary>The name of a new device: the number above those of its kind, or what its place says.</summary>
    internal static string Alias(DomainDef live, Device device)
    {
        DomainDef named = Aliases.Apply(live with { Devices = live.Devices.Insert(device) });
        string usual = named.Devices.First(d => d.GetType() == device.GetType() && d.Alias is { } alias && !live.Devices.Any(o => o.Alias == alias)).Alias!;
        if (device is Disk or Controller or MemoryDevice or Vsock)
            return usual;
        string prefix = usual.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        int next = 0;
        foreach (Device other in live.Devices)
            if (other.Alias is { } alias && alias.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(alias.AsSpan(prefix.Length), out int number))
                next = Math.Max(next, number + 1);
        return $"{prefix}{next}";
    }
}
