using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.NodeDevice;
using static Vireo.Model.NodeDevice.NodeCapability;

namespace Vireo.Drivers.Test.NodeDevices;

/// <summary>The devices of a host.</summary>
sealed class TestNodeDevices
{
    /// <summary>The adapter that virtual ones are made after, and what the one that is made is called: there is one at a time.</summary>
    const string Pattern = "scsi_host11", Made = "scsi_host12";

    readonly List<NodeDeviceDef> all = [];

    public EventHub<NodeDeviceEvent> Events { get; } = new();

    public IReadOnlyList<NodeDeviceDef> All => all;

    public NodeDeviceDef? Find(string name) => all.Find(device => device.Name == name);

    public NodeDeviceDef Get(string name) => Find(name) ?? throw ObjectErrors.NoNodeDevice(name);

    /// <summary>One that is there when the host comes up.</summary>
    public void Add(NodeDeviceDef device)
    {
        all.RemoveAll(known => known.Name == device.Name);
        all.Add(device);
    }

    public void Remove(NodeDeviceDef device)
    {
        all.Remove(device);
        Tell(device.Name!, NodeDeviceEventType.Deleted);
    }

    void Tell(string name, NodeDeviceEventType type) => Events.Raise(new NodeDeviceLifecycleEvent(new(name), type, 0));

    /// <summary>The adapter that a virtual one is asked for on, by name, by world-wide names, or any that can.</summary>
    /// <exception cref="VireoException">There is no such, or it cannot.</exception>
    public NodeDeviceDef ParentFor(NodeDeviceParent? parent) => parent switch
    {
        { Name: { } name } => (Find(name) ?? throw NoParent()) is var found && CanHaveVirtual(found) ? found
            : throw VireoException.Internal(ErrorDomain.Nodedev, $"Parent device {name} is not capable of vport operations"),
        { Wwnn: { } node, Wwpn: { } port } => all.Find(device => CanHaveVirtual(device) && FibreChannel(device) is { } names && names.Wwnn == node && names.Wwpn == port)
            ?? throw NoParent(),
        { FabricWwn: { } fabric } => all.Find(device => CanHaveVirtual(device) && FibreChannel(device)?.FabricWwn == fabric) ?? throw NoParent(),
        _ => all.Find(CanHaveVirtual) ?? throw VireoException.Internal(ErrorDomain.Nodedev, "Could not find any vport capable device"),
    };

    static VireoException NoParent() => VireoException.Internal(ErrorDomain.Nodedev, "Could not find parent device for 'new device'");

    static bool CanHaveVirtual(NodeDeviceDef device) =>
        device.Capabilities.Any(capability => capability is OfScsiHost host && host.Functions.Any(function => function is ScsiHostFunction.OfVirtualPorts));

    /// <summary>The world-wide names of a fibre channel adapter; null: it is none.</summary>
    public static ScsiHostFunction.OfFibreChannel? FibreChannel(NodeDeviceDef device) => device.Capabilities.OfType<OfScsiHost>()
        .SelectMany(host => host.Functions).OfType<ScsiHostFunction.OfFibreChannel>().FirstOrDefault();

    /// <summary>Makes the virtual adapter; one that was there gets other names.</summary>
    public NodeDeviceRef MakeVirtualAdapter(string wwnn, string wwpn)
    {
        NodeDeviceDef pattern = Find(Pattern) ?? throw VireoException.Internal(ErrorDomain.Nodedev, $"there is no adapter '{Pattern}' to make a virtual one after");
        Add(pattern with { Name = Made, Capabilities = pattern.Capabilities.Map(capability => Renamed(capability, wwnn, wwpn)) });
        Tell(Made, NodeDeviceEventType.Created);
        return new(Made);
    }

    static NodeCapability Renamed(NodeCapability capability, string wwnn, string wwpn) => capability is not OfScsiHost host ? capability : host with
    {
        Functions = host.Functions.Map(function =>
            function is ScsiHostFunction.OfFibreChannel port ? port with { Wwnn = wwnn, Wwpn = wwpn } : function),
    };

    /// <summary>Removes the virtual adapter.</summary>
    public void RemoveVirtualAdapter() => Remove(Get(Made));

    /// <summary>libvirt's devices of test:///default: a computer, two adapters and a virtual one.</summary>
    public void AddDefault()
    {
        Add(new NodeDeviceDef
        {
            Name = "computer",
            Capabilities =
            [
                new OfSystem
                {
                    HardwareVendor = "Libvirt", HardwareVersion = "Test driver", HardwareSerial = "123456",
                    HardwareUuid = Ids.Of("11111111-2222-3333-4444-555555555555"),
                    Firmware = new NodeFirmware { Vendor = "Libvirt", Version = "Test Driver", Date = "01/22/2007" },
                },
            ],
        });
        Add(Adapter("scsi_host1", "computer", 1, 0, "2000000012341234", "1000000012341234", "2000000043214321", isReal: true));
        Add(Adapter("scsi_host2", "computer", 2, 1, "2000000056785678", "1000000056785678", "2000000087658765", isReal: true));
        Add(Adapter(Pattern, "scsi_host1", 11, 10, "2000000034563456", "1000000034563456", "2000000043214321", isReal: false));
    }

    static NodeDeviceDef Adapter(string name, string parent, uint host, uint id, string wwnn, string wwpn, string fabric, bool isReal)
    {
        var port = new ScsiHostFunction.OfFibreChannel { Wwnn = wwnn, Wwpn = wwpn, FabricWwn = fabric };
        return new NodeDeviceDef
        {
            Name = name,
            Parent = new NodeDeviceParent { Name = parent },
            Capabilities =
            [
                new OfScsiHost
                {
                    Host = host, UniqueId = id,
                    Functions = isReal ? [port, new ScsiHostFunction.OfVirtualPorts { Most = 0, Used = 0 }] : [port],
                },
            ],
        };
    }
}
