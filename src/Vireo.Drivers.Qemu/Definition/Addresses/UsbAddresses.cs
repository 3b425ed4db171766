using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>USB ports for new machines; where ports run out, hubs are added.</summary>
static class UsbAddresses
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context) => context.IsNew ? Assign(machine) : machine;

    public static DomainDef Assign(DomainDef machine)
    {
        var ports = new UsbPorts();
        foreach (Controller controller in machine.Devices.Controllers)
            if (controller.Type is ControllerType.Usb && controller.Model != "none" && controller.MasterStartPort is null)
                ports.AddController(controller.Index ?? 0, Ports(controller));
        DeviceSet set = machine.Devices;
        foreach (Device device in Users(set))
            if (device.Address is DeviceAddress.Usb { Port: { } port } usb)
                ports.Take(usb.Bus, port);
        set = set with
        {
            Hubs = set.Hubs.Map(h => h with { Address = ports.Give(h.Address) }),
            Disks = set.Disks.Map(d => d.Target.Bus is DiskBus.Usb ? d with { Address = ports.Give(d.Address) } : d),
            Controllers = set.Controllers.Map(c => c.Type is ControllerType.Ccid ? c with { Address = ports.Give(c.Address) } : c),
            Inputs = set.Inputs.Map(i => i.Bus is InputBus.Usb ? i with { Address = ports.Give(i.Address) } : i),
            Sounds = set.Sounds.Map(s => s.Model is SoundModel.Usb ? s with { Address = ports.Give(s.Address) } : s),
            Hostdevs = set.Hostdevs.Map(h => h.Source is HostdevSource.OfUsb ? h with { Address = ports.Give(h.Address) } : h),
            RedirectedDevices = set.RedirectedDevices.Map(r => r with { Address = ports.Give(r.Address) }),
            Serials = set.Serials.Map(s => s.TargetType is SerialTarget.UsbSerial ? s with { Address = ports.Give(s.Address) } : s),
        };
        return machine with { Devices = set };
    }

    static IEnumerable<Device> Users(DeviceSet set) => set.Where(static d => d.Address is DeviceAddress.Usb);

    static int Ports(Controller controller) => controller.Model switch
    {
        "ich9-ehci1" or "ehci" => 6,
        "nec-xhci" or "qemu-xhci" => (int)(controller.Ports ?? 4),
        "pci-ohci" => 3,
        _ => 2,
    };
}

/// <summary>Which ports are free.</summary>
sealed class UsbPorts
{
    readonly SortedDictionary<uint, int> controllers = [];
    readonly HashSet<(uint Bus, string Port)> taken = [];

    public void AddController(uint bus, int ports) => controllers.TryAdd(bus, ports);

    public void Take(uint bus, string port) => taken.Add((bus, port));

    /// <summary>An address that was not given, or only half.</summary>
    public DeviceAddress? Give(DeviceAddress? written)
    {
        if (written is DeviceAddress.Usb { Port: not null })
            return written;
        uint? only = (written as DeviceAddress.Usb)?.Bus;
        foreach (var (bus, ports) in controllers)
        {
            if (only is { } wanted && wanted != bus)
                continue;
            for (int port = 1; port <= ports; port++)
                if (taken.Add((bus, port.ToString())))
                    return new DeviceAddress.Usb { Bus = bus, Port = port.ToString() };
        }
        return written;
    }
}
