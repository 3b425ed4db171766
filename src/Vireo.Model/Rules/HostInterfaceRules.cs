using Vireo.Core.Errors;
using Vireo.Model.Interfaces;

namespace Vireo.Model.Rules;

/// <summary>What must hold of every interface of the host.</summary>
public sealed class HostInterfaceRules : IRules<InterfaceDef, InterfaceDef>
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(InterfaceDef card)
    {
        var found = new Findings(ErrorDomain.Interface);
        Check(card, card, found);
        return found;
    }

    /// <inheritdoc/>
    public static void Check(InterfaceDef element, InterfaceDef document, Findings found)
    {
        bool missing = element.Type switch
        {
            InterfaceType.Bridge => element.Bridge is null,
            InterfaceType.Bond => element.Bond is null,
            InterfaceType.Vlan => element.Vlan is null,
            _ => false,
        };
        string type = element.Type.ToXml();
        if (missing)
            found.Wrong(element, $"{type} interface misses the {type} element");
        if (element is { Type: InterfaceType.Bridge, Bridge: { } bridge })
            foreach (InterfaceDef part in bridge.Interfaces)
                Part(part, part.Type != InterfaceType.Bridge, document, found);
        if (element is { Type: InterfaceType.Bond, Bond: { } bond })
            foreach (InterfaceDef part in bond.Interfaces)
                Part(part, part.Type == InterfaceType.Ethernet, document, found);
    }

    static void Part(InterfaceDef part, bool allowed, InterfaceDef document, Findings found)
    {
        if (!allowed)
            found.Wrong(part, $"interface has unsupported type '{part.Type.ToXml()}'");
        else
            Check(part, document, found);
    }
}
