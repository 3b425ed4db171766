using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Rules;

namespace Vireo.Model.NodeDevice;

/// <summary>What must hold of every device, as written.</summary>
public static class NodeDeviceRules
{
    /// <summary>Runs every rule.</summary>
    /// <param name="device">The device.</param>
    /// <param name="name">What it is called, or will be spoken of until it has a name.</param>
    public static Findings Check(NodeDeviceDef device, string? name)
    {
        var found = new Findings(ErrorDomain.Nodedev);
        if (name is null)
            found.Add(device, ErrorCode.NoName, "");
        if (device.Parent is { Wwnn: { } node, Wwpn: null })
            found.Wrong(device.Parent, $"when providing parent wwnn='{node}', the wwpn must also be provided");
        if (device.Parent is { Wwpn: { } port, Wwnn: null })
            found.Wrong(device.Parent, $"when providing parent wwpn='{port}', the wwnn must also be provided");
        if (device.Capabilities.IsEmpty)
            found.Add(device, ErrorCode.InternalError, $"no device capabilities for '{name}'");
        foreach (NodeCapability capability in device.Capabilities)
        {
            if (capability is NodeCapability.OfStorage { Size: null } disk && !disk.Functions.Any(f => f is StorageFunction.OfRemovable))
                found.Add(disk, ErrorCode.InternalError, $"no size supplied for '{name}'");
            foreach (DeviceFunction function in Functions(capability))
                if (function is DeviceFunction.OfMdevTypes splits)
                    Splits(splits, found);
        }
        return found;
    }

    internal static ValueList<DeviceFunction> Functions(NodeCapability capability) => capability switch
    {
        NodeCapability.OfPci pci => pci.Functions,
        NodeCapability.OfCss css => css.Functions,
        NodeCapability.OfApMatrix matrix => matrix.Functions,
        _ => default,
    };

    static void Splits(DeviceFunction.OfMdevTypes splits, Findings found)
    {
        foreach (MdevType type in splits.Types)
        {
            if (type.Api is null)
                found.Wrong(type, $"missing device API for mediated device type '{type.Id}'");
            if (type.Available is null)
                found.Wrong(type, $"missing number of available instances for mediated device type '{type.Id}'");
        }
    }
}
