using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Rules;
using Vireo.Model.Shared;

namespace Vireo.Model.Network;

/// <summary>A guest's card on a network: the <c>&lt;networkport&gt;</c> document.</summary>
[Element("networkport")]
public sealed partial record NetworkPortDef
{
    [Text("uuid", Bad = "internal|Unable to parse UUID '{0}'", Missing = "internal|network port has no uuid")] public required Uuid Uuid { get; init; }
    [Text("owner/name", Missing = "internal|network port has no owner name")] public required string OwnerName { get; init; }
    [Text("owner/uuid", Bad = "internal|Unable to parse UUID '{0}'", Missing = "internal|network port has no owner UUID")] public required Uuid OwnerUuid { get; init; }

    /// <summary>The network's port group that it belongs to.</summary>
    [Text("group")] public string? Group { get; init; }
    [Attr("address", In = "mac", Bad = "internal|Unable to parse MAC '{0}'", Missing = "internal|network port has no mac")] public required MacAddress Mac { get; init; }
    [Child] public VirtualPort? VirtualPort { get; init; }
    [Child] public Bandwidth? Bandwidth { get; init; }
    [Child] public Vlan? Vlan { get; init; }
    [Attr("isolated", In = "port", Since = "6.1.0")] public bool? Isolated { get; init; }
    [Attr("trustGuest", In = "rxfilters")] public bool? TrustGuestRxFilters { get; init; }

    /// <summary>What the network gave; null: nothing yet.</summary>
    [Child("plug")] public NetworkPlug? Plug { get; init; }

    /// <summary>Reads a document as it was written.</summary>
    public static NetworkPortDef Parse(string xml, XmlPositions? positions = null) =>
        XmlInput.Document(xml, "networkport", new XmlInputOptions("networkport_definition", Positions: positions, From: ErrorDomain.Network), ReadXml);

    /// <summary>Reads, checks and completes a document.</summary>
    public static NetworkPortDef Define(string xml)
    {
        var positions = new XmlPositions();
        NetworkPortDef port = Parse(xml, positions);
        NetworkPortRules.Check(port).ThrowFirst(positions);
        return port with
        {
            VirtualPort = VirtualPortDefaults.Fill(port.VirtualPort),
            Bandwidth = BandwidthDefaults.Fill(port.Bandwidth),
            Vlan = VlanDefaults.Fill(port.Vlan),
            Plug = port.Plug switch
            {
                NetworkPlug.OfNone => null,
                NetworkPlug.OfDirect direct => direct with { Mode = direct.Mode ?? PlugMode.Vepa },
                NetworkPlug.OfPci { Address: var address } device => device with
                {
                    Address = new PlugAddress { Domain = address.Domain ?? 0, Bus = address.Bus ?? 0, Slot = address.Slot ?? 0, Function = address.Function ?? 0 },
                },
                var plug => plug,
            },
        };
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

/// <summary>What a network gave a card.</summary>
[Union(Default = "none")]
public abstract partial record NetworkPlug
{
    /// <summary>Nothing.</summary>
    [Case("none")]
    public sealed partial record OfNone : NetworkPlug;

    /// <summary>A place on a bridge that libvirt made.</summary>
    [Case("network")]
    public sealed partial record OfNetwork : NetworkPlug
    {
        [Attr("bridge", Missing = "xml|Missing network port bridge name")] public required string Bridge { get; init; }
        [Attr("macTableManager", Bad = "xml|Invalid macTableManager setting '{0}' in network port")] public MacTableManager? MacTableManager { get; init; }
    }

    /// <summary>A place on a bridge of the host's.</summary>
    [Case("bridge")]
    public sealed partial record OfBridge : NetworkPlug
    {
        [Attr("bridge", Missing = "xml|Missing network port bridge name")] public required string Bridge { get; init; }
        [Attr("macTableManager", Bad = "xml|Invalid macTableManager setting '{0}' in network port")] public MacTableManager? MacTableManager { get; init; }
    }

    /// <summary>A device that a macvtap is laid over.</summary>
    [Case("direct")]
    public sealed partial record OfDirect : NetworkPlug
    {
        [Attr("dev", Missing = "xml|Missing network port link device name")] public required string Device { get; init; }
        [Attr("mode", Bad = "xml|Invalid mode setting '{0}' in network port")] public PlugMode? Mode { get; init; }
    }

    /// <summary>A PCI device that is given away.</summary>
    [Case("hostdev-pci")]
    public sealed partial record OfPci : NetworkPlug
    {
        [Attr("managed")] public bool? Managed { get; init; }
        [Attr("name", In = "driver", Bad = "xml|Missing network port driver name")] public ForwardDriver? Driver { get; init; }
        [Child("address", Missing = "xml|Missing network port PCI address")] public required PlugAddress Address { get; init; }
    }
}

/// <summary>How a macvtap passes packets.</summary>
[WireNames] public enum PlugMode { Vepa, Private, Bridge, Passthrough }

/// <summary>A PCI address.</summary>
[Element("address")]
public sealed partial record PlugAddress
{
    [Attr("domain", Hex = 4)] public uint? Domain { get; init; }
    [Attr("bus", Hex = 2)] public uint? Bus { get; init; }
    [Attr("slot", Hex = 2)] public uint? Slot { get; init; }
    [Attr("function", Hex = 1)] public uint? Function { get; init; }
}
