using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Controllers that devices' addresses speak of are there.</summary>
public static class ImplicitControllers
{
    /// <summary>Adds those that are missing. How high an index may be is for the driver to say, and before.</summary>
    public static DomainDef Apply(DomainDef machine)
    {
        List<Controller> controllers = [.. machine.Devices.Controllers];
        foreach (var (bus, type) in (ReadOnlySpan<(DiskBus, ControllerType)>)
            [(DiskBus.Scsi, ControllerType.Scsi), (DiskBus.Fdc, ControllerType.Fdc), (DiskBus.Ide, ControllerType.Ide), (DiskBus.Sata, ControllerType.Sata)])
        {
            uint? most = null;
            foreach (Disk disk in machine.Devices.Disks)
                if (disk.Target.Bus == bus && disk.Address is DeviceAddress.Drive drive)
                    most = Math.Max(most ?? 0, drive.Controller);
            AddUpTo(controllers, type, most);
        }
        uint? serial = null;
        foreach (Device device in machine.Devices.Channels.Cast<Device>().Concat(machine.Devices.Consoles))
            if (device.Address is DeviceAddress.VirtioSerial port)
                serial = Math.Max(serial ?? 0, port.Controller);
        if (machine.Devices.Consoles.Any(static c => c.TargetType is ConsoleTarget.Virtio))
            serial ??= 0;
        AddUpTo(controllers, ControllerType.VirtioSerial, serial);
        uint? ccid = null;
        foreach (Smartcard card in machine.Devices.Smartcards)
            if (card.Address is DeviceAddress.Ccid slot)
                ccid = Math.Max(ccid ?? 0, slot.Controller);
        AddUpTo(controllers, ControllerType.Ccid, ccid);
        uint? scsi = null;
        foreach (Hostdev device in machine.Devices.Hostdevs)
            if (device is { Source: HostdevSource.OfScsi, Address: DeviceAddress.Drive place })
                scsi = Math.Max(scsi ?? 0, place.Controller);
        AddUpTo(controllers, ControllerType.Scsi, scsi, controllers.Find(static c => c.Type is ControllerType.Scsi)?.Model);
        return machine with { Devices = machine.Devices with { Controllers = controllers.ToValueList() } };
    }

    /// <summary>Those for host devices are like the first one that there is.</summary>
    static void AddUpTo(List<Controller> controllers, ControllerType type, uint? most, string? model = null)
    {
        if (most is not { } last)
            return;
        HashSet<uint> there = [.. controllers.Where(c => c.Type == type).Select(static c => c.Index ?? 0)];
        for (uint index = 0; index <= last; index++)
            if ((type is not ControllerType.VirtioSerial || index == last || there.Count == 0) && there.Add(index))
                controllers.Add(new Controller { Type = type, Index = index, Model = model });
    }
}
