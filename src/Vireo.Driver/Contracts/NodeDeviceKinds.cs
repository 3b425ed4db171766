using Vireo.Model.NodeDevice;

namespace Vireo.Driver.Contracts;

/// <summary>What listings know a device's capabilities by: a word and a flag.</summary>
public static class NodeDeviceKinds
{
    /// <summary>What the device itself is.</summary>
    public static (string Name, ListNodeDevicesFlags Flag) Of(NodeCapability capability) => capability switch
    {
        NodeCapability.OfSystem => ("system", ListNodeDevicesFlags.CapSystem),
        NodeCapability.OfPci => ("pci", ListNodeDevicesFlags.CapPciDev),
        NodeCapability.OfUsbDevice => ("usb_device", ListNodeDevicesFlags.CapUsbDev),
        NodeCapability.OfUsbInterface => ("usb", ListNodeDevicesFlags.CapUsbInterface),
        NodeCapability.OfNetwork => ("net", ListNodeDevicesFlags.CapNet),
        NodeCapability.OfScsiHost => ("scsi_host", ListNodeDevicesFlags.CapScsiHost),
        NodeCapability.OfScsiTarget => ("scsi_target", ListNodeDevicesFlags.CapScsiTarget),
        NodeCapability.OfScsi => ("scsi", ListNodeDevicesFlags.CapScsi),
        NodeCapability.OfScsiGeneric => ("scsi_generic", ListNodeDevicesFlags.CapScsiGeneric),
        NodeCapability.OfStorage => ("storage", ListNodeDevicesFlags.CapStorage),
        NodeCapability.OfDrm => ("drm", ListNodeDevicesFlags.CapDrm),
        NodeCapability.OfMdev => ("mdev", ListNodeDevicesFlags.CapMdev),
        NodeCapability.OfCcw => ("ccw", ListNodeDevicesFlags.CapCcwDev),
        NodeCapability.OfCss => ("css", ListNodeDevicesFlags.CapCssDev),
        NodeCapability.OfVdpa => ("vdpa", ListNodeDevicesFlags.CapVdpa),
        NodeCapability.OfApCard => ("ap_card", ListNodeDevicesFlags.CapApCard),
        NodeCapability.OfApQueue => ("ap_queue", ListNodeDevicesFlags.CapApQueue),
        NodeCapability.OfApMatrix => ("ap_matrix", ListNodeDevicesFlags.CapApMatrix),
        _ => throw new ArgumentException($"unknown capability {capability.GetType().Name}", nameof(capability)),
    };

    /// <summary>What it is, and what it can be used as besides.</summary>
    public static IEnumerable<(string Name, ListNodeDevicesFlags Flag)> AllOf(NodeDeviceDef device) =>
        device.Capabilities.SelectMany(capability => Besides(capability).Prepend(Of(capability)));

    static IEnumerable<(string Name, ListNodeDevicesFlags Flag)> Besides(NodeCapability capability) => capability switch
    {
        NodeCapability.OfScsiHost host => host.Functions.Select(function => function is ScsiHostFunction.OfFibreChannel
            ? ("fc_host", ListNodeDevicesFlags.CapFcHost) : ("vports", ListNodeDevicesFlags.CapVports)),
        NodeCapability.OfPci pci => pci.Functions.SelectMany(Used),
        NodeCapability.OfCss css => css.Functions.SelectMany(Used),
        NodeCapability.OfApMatrix matrix => matrix.Functions.SelectMany(Used),
        _ => [],
    };

    static IEnumerable<(string Name, ListNodeDevicesFlags Flag)> Used(DeviceFunction function) => function switch
    {
        DeviceFunction.OfMdevTypes => [("mdev_types", ListNodeDevicesFlags.CapMdevTypes)],
        DeviceFunction.OfVpd => [("vpd", ListNodeDevicesFlags.CapVpd)],
        _ => [],
    };
}
