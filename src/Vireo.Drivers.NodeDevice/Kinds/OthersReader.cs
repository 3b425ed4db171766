using System.Globalization;
using Vireo.Core;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>Graphics nodes, raw SCSI nodes, network accelerators and mediated devices.</summary>
static class OthersReader
{
    public static NodeCapability? Drm(SysDevice device) =>
        device.Name.StartsWith("card", StringComparison.Ordinal) ? new NodeCapability.OfDrm { Type = DrmType.Primary }
        : device.Name.StartsWith("controlD", StringComparison.Ordinal) ? new NodeCapability.OfDrm { Type = DrmType.Control }
        : device.Name.StartsWith("renderD", StringComparison.Ordinal) ? new NodeCapability.OfDrm { Type = DrmType.Render } : null;

    public static NodeCapability? ScsiGeneric(SysDevice device) =>
        device["DEVNAME"] is { } node ? new NodeCapability.OfScsiGeneric { Path = DeviceReader.Dev(node) } : null;

    public static NodeCapability? Vdpa(SysDevice device, SysTree tree) =>
        device.Names().FirstOrDefault(name => name.StartsWith("vhost-vdpa-", StringComparison.Ordinal) && tree.HasNode(name)) is { } node
            ? new NodeCapability.OfVdpa { CharacterDevice = DeviceReader.Dev(node) } : null;

    public static NodeCapability? Mdev(SysDevice device) => device.LinkName("mdev_type") is { } type && Uuid.TryParse(device.Name, out Uuid uuid)
        ? new NodeCapability.OfMdev
        {
            Type = type,
            Uuid = uuid,
            ParentAddress = Path.GetFileName(Path.GetDirectoryName(device.Path)!),
            IommuGroup = Group(device) ?? 0,
        } : null;

    /// <summary>The number of the IOMMU group of a device; null: it is in none.</summary>
    internal static uint? Group(SysDevice device) =>
        uint.TryParse(device.LinkName("iommu_group"), NumberStyles.None, CultureInfo.InvariantCulture, out uint group) ? group : null;

    /// <summary>The ways to split a device; none: it is not split.</summary>
    internal static ValueList<DeviceFunction> MdevTypes(SysDevice device)
    {
        ValueList<MdevType> types =
        [
            .. device.Names("mdev_supported_types").Select(id => (Id: id, Folder: "mdev_supported_types/" + id))
                .Where(one => device.Attribute(one.Folder + "/device_api") is not null && device.NumberOf(one.Folder + "/available_instances") is not null)
                .Select(one => new MdevType
                {
                    Id = one.Id,
                    Name = device.Attribute(one.Folder + "/name"),
                    Api = device.Attribute(one.Folder + "/device_api"),
                    Available = (uint?)device.NumberOf(one.Folder + "/available_instances"),
                }),
        ];
        return types.IsEmpty ? [] : [new DeviceFunction.OfMdevTypes { Types = types }];
    }
}
