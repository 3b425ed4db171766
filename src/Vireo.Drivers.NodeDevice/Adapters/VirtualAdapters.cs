using System.Security.Cryptography;
using Vireo.Core.Errors;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Adapters;

/// <summary>Virtual adapters of fibre channel adapters (NPIV), which the kernel makes and removes by their world-wide names.</summary>
static class VirtualAdapters
{
    /// <summary>5 says that a name of a maker's follows, 001a4a is the maker whom libvirt takes.</summary>
    const string Maker = "5001a4a";

    /// <summary>The world-wide names of a fibre channel adapter; null: it is none.</summary>
    public static ScsiHostFunction.OfFibreChannel? FibreChannel(NodeDeviceDef device) => device.Capabilities.OfType<NodeCapability.OfScsiHost>()
        .SelectMany(static host => host.Functions).OfType<ScsiHostFunction.OfFibreChannel>().FirstOrDefault();

    /// <summary>A name that nobody has.</summary>
    public static string NewName() => Maker + RandomNumberGenerator.GetHexString(9, lowercase: true);

    /// <summary>The adapter that a virtual one is asked for on, by name, by world-wide names, or any that can.</summary>
    /// <exception cref="VireoException">There is no such, or it cannot.</exception>
    public static KnownDevice ParentFor(DeviceTable table, NodeDeviceParent? parent)
    {
        switch (parent)
        {
            case { Name: { } name }:
                KnownDevice found = table.Find(name) ?? throw NoParent();
                return CanHaveVirtual(found) ? found : throw VireoException.Internal(ErrorDomain.Nodedev, $"Parent device {name} is not capable of vport operations");
            case { Wwnn: { } node, Wwpn: { } port }:
                return table.All.FirstOrDefault(device => CanHaveVirtual(device) && FibreChannel(device.Def) is { } names && names.Wwnn == node && names.Wwpn == port) ?? throw NoParent();
            case { FabricWwn: { } fabric }:
                return table.All.FirstOrDefault(device => CanHaveVirtual(device) && FibreChannel(device.Def)?.FabricWwn == fabric) ?? throw NoParent();
            default:
                return table.All.FirstOrDefault(CanHaveVirtual) ?? throw VireoException.Internal(ErrorDomain.Nodedev, "Could not find any vport capable device");
        }
    }

    static VireoException NoParent() => VireoException.Internal(ErrorDomain.Nodedev, "Could not find parent device for 'new device'");

    static bool CanHaveVirtual(KnownDevice device) => device.Def.Capabilities.OfType<NodeCapability.OfScsiHost>()
        .Any(static host => host.Functions.Any(static function => function is ScsiHostFunction.OfVirtualPorts));

    /// <summary>Asks the kernel to make or remove one.</summary>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    public static void Order(SysTree tree, KnownDevice adapter, bool make, string wwnn, string wwpn)
    {
        string host = Path.GetFileName(adapter.SysPath!), verb = make ? "vport_create" : "vport_delete";
        string file = ((string[])[$"/class/fc_host/{host}/{verb}", $"/class/scsi_host/{host}/{verb}"]).FirstOrDefault(tree.Exists)
            ?? throw VireoException.Internal(ErrorDomain.Nodedev, $"vport operation '{verb}' is not supported for {host}");
        try
        {
            tree.Write(file, $"{wwpn}:{wwnn}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.Nodedev, fault.HResult & 0xffff, $"Write of '{wwpn}:{wwnn}' to '{file}' during vport create/delete failed");
        }
    }
}
