using Vireo.Core;

namespace Vireo.Model.NodeDevice;

/// <summary>Brings a document into the form in which libvirt shows devices: its order, and without what it does not keep.</summary>
public static class NodeDeviceDefaults
{
    /// <summary>The device as libvirt keeps it.</summary>
    public static NodeDeviceDef Apply(NodeDeviceDef device) => device with
    {
        Nodes = [.. device.Nodes.OrderBy(node => node.Type)],
        Parent = device.Parent?.Name is { } name ? new NodeDeviceParent { Name = name } : null,
        Capabilities = device.Capabilities.Map(Capability),
    };

    static NodeCapability Capability(NodeCapability capability) => capability switch
    {
        NodeCapability.OfSystem computer => computer with { Firmware = computer.Firmware ?? new NodeFirmware() },
        NodeCapability.OfPci pci => Pci(pci),
        NodeCapability.OfCss css => css with { Functions = MdevOnly(css.Functions) },
        NodeCapability.OfApMatrix matrix => matrix with { Functions = MdevOnly(matrix.Functions) },
        NodeCapability.OfNetwork card => card with { Features = [.. card.Features.DistinctBy(f => f.Name).OrderBy(f => f.Name)] },
        NodeCapability.OfScsiHost host => host with { Functions = [.. host.Functions.OrderBy(f => f is ScsiHostFunction.OfVirtualPorts).Select(Counted)] },
        NodeCapability.OfStorage disk => Storage(disk),
        NodeCapability.OfMdev part => part with
        {
            IommuGroup = part.IommuGroup ?? 0,
            Attributes = [.. part.Attributes.Where(setting => setting is { Name: not null, Value: not null })],
        },
        _ => capability,
    };

    static NodeCapability.OfPci Pci(NodeCapability.OfPci pci) => pci with
    {
        Functions = [.. pci.Functions.OrderBy(Rank).Select(Vpd)],
        IommuGroup = pci.IommuGroup is { Devices.IsEmpty: false } ? pci.IommuGroup : null,
        NumaNode = pci.NumaNode >= 0 ? pci.NumaNode : null,
        Express = pci.Express is { } express ? express with { Links = [.. express.Links.Where(link => link.Kind is not null).DistinctBy(link => link.Kind).OrderBy(link => link.Kind)] } : null,
    };

    static DeviceFunction Vpd(DeviceFunction function) =>
        function is DeviceFunction.OfVpd vpd ? vpd with { Fields = [.. vpd.Fields.Where(fields => fields.Access is not null).OrderBy(fields => fields.Access)] } : function;

    static int Rank(DeviceFunction function) => function switch
    {
        DeviceFunction.OfPhysical => 0,
        DeviceFunction.OfVirtual => 1,
        DeviceFunction.OfBridge or DeviceFunction.OfCardBusBridge => 2,
        DeviceFunction.OfMdevTypes => 3,
        _ => 4,
    };

    static ValueList<DeviceFunction> MdevOnly(ValueList<DeviceFunction> functions) => [.. functions.Where(f => f is DeviceFunction.OfMdevTypes)];

    static ScsiHostFunction Counted(ScsiHostFunction function) =>
        function is ScsiHostFunction.OfVirtualPorts ports ? ports with { Most = ports.Most ?? 0, Used = ports.Used ?? 0 } : function;

    // A drive has the size of its medium, and says so there only.
    static NodeCapability.OfStorage Storage(NodeCapability.OfStorage disk) => disk with
    {
        Size = disk.Functions.Any(f => f is StorageFunction.OfRemovable) ? null : disk.Size,
        Functions = [.. disk.Functions.OrderBy(f => f is StorageFunction.OfHotpluggable)
            .Select(f => f is StorageFunction.OfRemovable drive ? drive with { Available = drive.Available is null or 0 ? 0 : 1 } : f)],
    };
}
