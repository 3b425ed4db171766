using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>What the card is connected to; the interface's <c>type</c> decides.</summary>
[Union(TagOnParent = true, Default = "user")]
public abstract partial record InterfaceSource
{
    /// <summary>The hypervisor's own user-mode network.</summary>
    [Case("user")]
    public sealed partial record OfUser : InterfaceSource
    {
        [Attr("dev")] public string? Device { get; init; }
    }

    /// <summary>A virtual network.</summary>
    [Case("network")]
    public sealed partial record OfNetwork : InterfaceSource
    {
        [Attr("network")] public required string Network { get; init; }
        [Attr("portgroup", Since = "0.9.4")] public string? PortGroup { get; init; }
        [Attr("portid", Live = true, Since = "5.1.0")] public Uuid? PortId { get; init; }
        /// <summary>The bridge that the network gave.</summary>
        [Attr("bridge", Live = true)] public string? Bridge { get; init; }
    }

    /// <summary>A bridge of the host.</summary>
    [Case("bridge")]
    public sealed partial record OfBridge : InterfaceSource
    {
        /// <summary>The virtual network that gave it; only a running machine's card has it.</summary>
        [Attr("network", Live = true)] public string? Network { get; init; }
        [Attr("portgroup", Live = true)] public string? PortGroup { get; init; }
        [Attr("portid", Live = true)] public Uuid? PortId { get; init; }
        [Attr("bridge")] public required string Bridge { get; init; }
        /// <summary>Who fills the bridge's table of addresses.</summary>
        [Attr("macTableManager", Status = true)] public MacTableManager? MacTableManager { get; init; }
    }

    /// <summary>A macvtap device.</summary>
    [Case("direct")]
    public sealed partial record OfDirect : InterfaceSource
    {
        /// <summary>The virtual network that gave it; only a running machine's card has it.</summary>
        [Attr("network", Live = true)] public string? Network { get; init; }
        [Attr("portgroup", Live = true)] public string? PortGroup { get; init; }
        [Attr("portid", Live = true)] public Uuid? PortId { get; init; }
        [Attr("dev")] public required string Device { get; init; }
        [Attr("mode")] public DirectMode? Mode { get; init; }
    }

    /// <summary>A tap device that a script or somebody else connects.</summary>
    [Case("ethernet")]
    public sealed partial record OfEthernet : InterfaceSource
    {
        [Attr("dev")] public string? Device { get; init; }
        [Child("ip")] public ValueList<InterfaceIp> Ips { get; init; }
        [Child("route")] public ValueList<InterfaceRoute> Routes { get; init; }
    }

    /// <summary>Listens for another guest.</summary>
    [Case("server")]
    public sealed partial record OfServer : InterfaceSource
    {
        [Attr("address")] public string? Address { get; init; }
        [Attr("port")] public required ushort Port { get; init; }
    }

    /// <summary>Connects to another guest.</summary>
    [Case("client")]
    public sealed partial record OfClient : InterfaceSource
    {
        [Attr("address")] public string? Address { get; init; }
        [Attr("port")] public required ushort Port { get; init; }
    }

    /// <summary>A multicast group.</summary>
    [Case("mcast")]
    public sealed partial record OfMcast : InterfaceSource
    {
        [Attr("address")] public string? Address { get; init; }
        [Attr("port")] public required ushort Port { get; init; }
    }

    /// <summary>Datagrams.</summary>
    [Case("udp")]
    public sealed partial record OfUdp : InterfaceSource
    {
        [Attr("address")] public string? Address { get; init; }
        [Attr("port")] public required ushort Port { get; init; }
        [Attr("address", In = "local", Since = "1.2.20")] public string? LocalAddress { get; init; }
        [Attr("port", In = "local", Since = "1.2.20")] public ushort? LocalPort { get; init; }
    }

    /// <summary>A network inside the hypervisor.</summary>
    [Case("internal")]
    public sealed partial record OfInternal : InterfaceSource
    {
        [Attr("name")] public required string Name { get; init; }
    }

    /// <summary>A switch in a process of its own.</summary>
    [Case("vhostuser")]
    public sealed partial record OfVhostUser : InterfaceSource
    {
        [Attr("type")] public required string Type { get; init; }
        [Attr("path")] public required string Path { get; init; }
        [Attr("mode")] public required ChardevMode Mode { get; init; }
        [Child("reconnect", Since = "4.1.0")] public Reconnect? Reconnect { get; init; }
    }

    /// <summary>A vDPA device.</summary>
    [Case("vdpa")]
    public sealed partial record OfVdpa : InterfaceSource
    {
        [Attr("dev")] public required string Device { get; init; }
    }

    /// <summary>A card of the host given to the guest.</summary>
    [Case("hostdev")]
    public sealed partial record OfHostdev : InterfaceSource
    {
        /// <summary>The card was not there when the machine started.</summary>
        [Attr("missing", Live = true)] public bool? Missing { get; init; }
        [Child("address")] public DeviceAddress? Address { get; init; }

        /// <summary>The virtual network that gave it, of which only a status file tells.</summary>
        public string? Network { get; init; }

        /// <summary>Its group there.</summary>
        public string? PortGroup { get; init; }

        /// <summary>Its port there.</summary>
        public Uuid? PortId { get; init; }
    }

    /// <summary>A distributed switch of VMware's.</summary>
    [Case("vds")]
    public sealed partial record OfVds : InterfaceSource
    {
        [Attr("switchid")] public required Uuid SwitchId { get; init; }
        [Attr("portid")] public required ulong PortId { get; init; }
        [Attr("portgroupid")] public required string PortGroupId { get; init; }
        [Attr("connectionid")] public required ulong ConnectionId { get; init; }
    }

    /// <summary>Nothing at all.</summary>
    [Case("null")]
    public sealed partial record OfNull : InterfaceSource;
}

[WireNames] public enum MacTableManager { Kernel, Libvirt }
[WireNames] public enum DirectMode { Vepa, Private, Bridge, Passthrough }
