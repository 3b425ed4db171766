using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Model.Rules;

/// <summary>What must hold of every port of a network.</summary>
public sealed class NetworkPortRules : IRules<NetworkPortDef, NetworkPortDef>
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(NetworkPortDef port)
    {
        var found = new Findings(ErrorDomain.Network);
        Check(port, port, found);
        return found;
    }

    /// <inheritdoc/>
    public static void Check(NetworkPortDef element, NetworkPortDef document, Findings found)
    {
        SharedRules.Check(element.VirtualPort, needsType: false, found);
        SharedRules.Check(element.Bandwidth, forPort: true, found);
        SharedRules.Check(element.Vlan, found);
        if (element.Plug is NetworkPlug.OfPci { Address: var address })
            SharedRules.CheckPci(address, address.Domain ?? 0, address.Bus ?? 0, address.Slot ?? 0, address.Function ?? 0, found);
    }
}
