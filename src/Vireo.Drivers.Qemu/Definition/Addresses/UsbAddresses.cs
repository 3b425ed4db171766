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
            {
                ports.Take(usb.Bus, port);
                if (device is Hub)
                    ports.AddHub(usb.Bus, port);
            }
        set = WithHubs(set, ports);
        set = set with
        {
            Hubs = set.Hubs.Map(h => h with { Address = ports.GiveHub(h.Address) }),
        };
        set = set with
        {
            Hostdevs = set.Hostdevs.Map(h => h.Source is HostdevSource.OfUsb ? h with { Address = ports.Give(h.Address) } : h),
        };
        set = set with
        {
            Disks = set.Disks.Map(d => d.Target.Bus is DiskBus.Usb ? d with { Address = ports.Give(d.Address) } : d),
            Controllers = set.Controllers.Map(c => c.Type is ControllerType.Ccid ? c with { Address = ports.Give(c.Address) } : c),
            Inputs = set.Inputs.Map(i => i.Bus is InputBus.Usb ? i with { Address = ports.Give(i.Address) } : i),
            Serials = set.Serials.Map(s => s.TargetType is SerialTarget.UsbSerial ? s with { Address = ports.Give(s.Address) } : s),
        };
        set = set with
        {
            Sounds = set.Sounds.Map(s => s.Model is SoundModel.Usb ? s with { Address = ports.Give(s.Address) } : s),
            RedirectedDevices = set.RedirectedDevices.Map(r => r with { Address = ports.Give(r.Address) }),
        };
        return machine with { Devices = set };
    }

    // Where ports do not suffice there are hubs although nobody asked.
    static DeviceSet WithHubs(DeviceSet set, UsbPorts ports)
    {
        int devices = set.Count(static d => d is Hub or Hostdev { Source: HostdevSource.OfUsb } or Disk { Target.Bus: DiskBus.Usb } or Controller { Type: ControllerType.Ccid }
            or Input { Bus: InputBus.Usb } or Serial { TargetType: SerialTarget.UsbSerial } or Sound { Model: SoundModel.Usb } or RedirectedDevice);
        int room = ports.Count + set.Hubs.Count * UsbPorts.OfHub;
        int hubs = devices <= room ? 0 : (devices - room + UsbPorts.OfHub - 1) / (UsbPorts.OfHub - 1);
        for (int i = 0; i < hubs; i++)
            set = set with { Hubs = set.Hubs.Add(new Hub { Type = HubType.Usb }) };
        return set;
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
    readonly List<(uint Bus, string Port)> hubs = [];

    /// <summary>How many ports a hub has.</summary>
    public const int OfHub = 8;

    /// <summary>How many ports all controllers have.</summary>
    public int Count => controllers.Values.Sum();

    /// <summary>A hub offers ports of its own.</summary>
    public void AddHub(uint bus, string port) => hubs.Add((bus, port));

    /// <summary>A hub's own place.</summary>
    public DeviceAddress? GiveHub(DeviceAddress? written)
    {
        DeviceAddress? given = Give(written);
        if (given is DeviceAddress.Usb { Port: { } port } usb && !hubs.Contains((usb.Bus, port)))
            AddHub(usb.Bus, port);
        return given;
    }

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
            foreach (var (_, above) in hubs.Where(h => h.Bus == bus))
                for (int port = 1; port <= OfHub; port++)
                    if (taken.Add((bus, $"{above}.{port}")))
                        return new DeviceAddress.Usb { Bus = bus, Port = $"{above}.{port}" };
        }
        return written;
    }
}
