using System.Text;
using Vireo.Core.Errors;
using Vireo.Model.Shared;

namespace Vireo.Model.Rules;

/// <summary>Rules about elements that several documents have; libvirt's error comes from no part or, for virtual ports, from the network's.</summary>
public static class SharedRules
{
    /// <summary>Tags of a port.</summary>
    public static void Check(Vlan? vlan, Findings found)
    {
        if (vlan is null)
            return;
        if (vlan.Tags.IsEmpty)
            Wrong(found, vlan, "missing tag id - each <vlan> must have at least one <tag id='n'/> subelement");
        bool native = false;
        foreach (VlanTag tag in vlan.Tags)
        {
            if (tag.Id > 4095)
                Wrong(found, tag, $"vlan tag id {tag.Id} too large (maximum 4095)");
            if (tag.NativeMode is null)
                continue;
            if (native)
                Wrong(found, tag, "duplicate native vlan setting");
            native = true;
        }
        if (vlan.Trunk is not false)
            return;
        if (native)
            Wrong(found, vlan, "invalid configuration in <vlan> - \"trunk='no'\" is not allowed with a native vlan id");
        else if (vlan.Tags.Count > 1)
            Wrong(found, vlan, "invalid \"trunk='no'\" in <vlan> - trunk='yes' is required for more than one vlan tag");
    }

    /// <summary>Limits.</summary>
    /// <param name="bandwidth">The limits.</param>
    /// <param name="forPort">A network's port, which may have a class and a guaranteed rate.</param>
    /// <param name="found">Gets what is wrong.</param>
    public static void Check(Bandwidth? bandwidth, bool forPort, Findings found)
    {
        if (bandwidth is null)
            return;
        if (bandwidth.ClassId is not null && !forPort)
            found.Add(bandwidth, ErrorCode.XmlDetail, "classID attribute not supported on <bandwidth> in this usage context", ErrorDomain.None);
        Check(bandwidth.Inbound, found);
        if (bandwidth.Inbound is { Floor: not null } inbound && !forPort)
            found.Add(inbound, ErrorCode.ConfigUnsupported, "floor attribute is not supported for this config", ErrorDomain.None);
        if (bandwidth.Outbound is { Floor: not null } outbound)
            found.Add(outbound, ErrorCode.ConfigUnsupported, "'floor' attribute allowed only in <inbound> element", ErrorDomain.None);
        Check(bandwidth.Outbound, found);
    }

    static void Check(BandwidthRate? rate, Findings found)
    {
        if (rate is { Average: null, Floor: null })
            found.Add(rate, ErrorCode.XmlDetail, "Missing mandatory average or floor attributes", ErrorDomain.None);
    }

    /// <summary>What a switch wants to know.</summary>
    /// <param name="port">The virtual port.</param>
    /// <param name="needsType">Whether the kind of switch must be written.</param>
    /// <param name="found">Gets what is wrong.</param>
    public static void Check(VirtualPort? port, bool needsType, Findings found)
    {
        if (port is null)
            return;
        if (needsType && port.Type is null)
            Wrong(found, port, "missing required virtualport type");
        if (port.Parameters is not { } parameters)
            return;
        if (parameters.ManagerId > 0xff)
            Wrong(found, parameters, "value of managerid out of range");
        if (parameters.TypeId > 0xffffff)
            Wrong(found, parameters, "value for typeid out of range");
        if (parameters.TypeIdVersion > 0xff)
            Wrong(found, parameters, "value of typeidversion out of range");
        if (parameters.ProfileId is { } profile && Encoding.UTF8.GetByteCount(profile) > 39)
            Wrong(found, parameters, "profileid parameter too long");
        if (port.Type is not (null or VirtualPortType.Midonet) && Extra(port.Type.Value, parameters) is { } extra)
            found.Add(parameters, ErrorCode.XmlError, $"extra {extra} unsupported in <virtualport type='{port.Type.Value.ToXml()}'>", ErrorDomain.Net);
    }

    /// <summary>The first parameter that this kind of switch does not know.</summary>
    static string? Extra(VirtualPortType type, VirtualPortParameters has) => type switch
    {
        not VirtualPortType.Vepa when has.ManagerId is not null => "managerid",
        not VirtualPortType.Vepa when has.TypeId is not null => "typeid",
        not VirtualPortType.Vepa when has.TypeIdVersion is not null => "typeidversion",
        not VirtualPortType.Vepa when has.InstanceId is not null => "instanceid",
        VirtualPortType.Vepa when has.ProfileId is not null => "profileid",
        not VirtualPortType.OpenVSwitch when has.InterfaceId is not null => "interfaceid",
        _ => null,
    };

    /// <summary>Numbers of a PCI address.</summary>
    public static void CheckPci(object element, uint domain, uint bus, uint slot, uint function, Findings found)
    {
        (string What, uint Value, uint Limit)[] parts = [("domain", domain, 0xffff), ("bus", bus, 0xff), ("slot", slot, 0x1f), ("function", function, 7)];
        foreach ((string what, uint value, uint limit) in parts)
            if (value > limit)
            {
                Wrong(found, element, $"Invalid PCI address {what}='0x{value:x}', must be <= {(limit > 7 ? $"0x{limit:X}" : limit.ToString())}");
                return;
            }
    }

    static void Wrong(Findings found, object element, string text) => found.Add(element, ErrorCode.XmlError, text, ErrorDomain.None);
}
