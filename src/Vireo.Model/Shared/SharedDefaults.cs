using Vireo.Core.Xml;

namespace Vireo.Model.Shared;

/// <summary>VLAN tags in normal form.</summary>
public static class VlanDefaults
{
    /// <summary>Several tags, or a native one among several, are a trunk; one tag is none unless that is written.</summary>
    public static Vlan? Fill(Vlan? vlan) => vlan is null ? null : vlan with { Trunk = vlan.Trunk is true || vlan.Tags.Count > 1 ? true : null };
}

/// <summary>Limits in normal form.</summary>
public static class BandwidthDefaults
{
    /// <summary>Without a rate there is no limit.</summary>
    public static Bandwidth? Fill(Bandwidth? bandwidth) => bandwidth is null or { Inbound: null, Outbound: null } ? null : bandwidth with
    {
        Inbound = Rate(bandwidth.Inbound), Outbound = Rate(bandwidth.Outbound),
    };

    static BandwidthRate? Rate(BandwidthRate? rate) => rate switch
    {
        null => null,
        { Average: null or 0, Floor: null } => new BandwidthRate(),
        { Average: 0 } => rate with { Average = null },
        _ => rate,
    };
}

/// <summary>A virtual port in normal form.</summary>
public static class VirtualPortDefaults
{
    /// <summary>MidoNet takes an interface's id and nothing else.</summary>
    public static VirtualPort? Fill(VirtualPort? port) => port is { Type: VirtualPortType.Midonet, Parameters: { } parameters }
        ? port with { Parameters = new VirtualPortParameters { InterfaceId = parameters.InterfaceId } }
        : port;
}

/// <summary>What applications keep in a definition.</summary>
public static class MetadataContent
{
    /// <summary>Only elements of a namespace stay, of each namespace the first.</summary>
    public static XmlFragment Clean(XmlFragment metadata)
    {
        using XmlInput input = metadata.Open("metadata");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<string>();
        for (int at = input.Enter(); input.NextChild(at);)
            if (input.IsForeign && seen.Add(input.Namespace))
                kept.Add(input.Fragment().Text);
        return new XmlFragment("metadata", "", kept.Count == 0 ? "<metadata/>" : $"<metadata>{string.Concat(kept)}</metadata>");
    }
}
