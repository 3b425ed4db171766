using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.NodeDevice;

/// <summary>How fast a network card's link is, and whether it is up.</summary>
[Element("link", OmitEmpty = true)]
public sealed partial record NetworkLink
{
    /// <summary>In megabits a second.</summary>
    [Attr("speed")] public uint? Speed { get; init; }
    [Attr("state")] public NetworkLinkState? State { get; init; }
}

[WireNames] public enum NetworkLinkState { Unknown, NotPresent, Down, LowerLayerDown, Testing, Dormant, Up }

/// <summary>Something a network card can do.</summary>
[Element("feature")]
public sealed partial record NetworkFeature
{
    [Attr("name", Bad = "xml|unknown network device feature '{0}'", Missing = "xml|missing network device feature name")] public required NetworkFeatureName Name { get; init; }
}

/// <summary>In the order in which libvirt lists them.</summary>
[WireNames]
public enum NetworkFeatureName { Rx, Tx, Sg, Tso, Gso, Gro, Lro, RxVlan, TxVlan, NTuple, RxHash, Rdma, TxUdpTnl, SwitchDev }

/// <summary>Ethernet or wireless.</summary>
[WireNames] public enum NetworkKind { [Wire("80203")] Ethernet, [Wire("80211")] Wireless }

/// <summary>What a SCSI adapter can do besides.</summary>
[Union(Missing = "internal|missing SCSI host capability type for '{name}'", Bad = "internal|unknown SCSI host capability type '{0}' for '{name}'")]
public abstract partial record ScsiHostFunction
{
    /// <summary>It is on a fibre channel.</summary>
    [Case("fc_host")]
    public sealed partial record OfFibreChannel : ScsiHostFunction
    {
        [Text("wwnn")] public string? Wwnn { get; init; }
        [Text("wwpn")] public string? Wwpn { get; init; }
        [Text("fabric_wwn")] public string? FabricWwn { get; init; }
    }

    /// <summary>It can have virtual adapters; how many is measured, never read.</summary>
    [Case("vport_ops")]
    public sealed partial record OfVirtualPorts : ScsiHostFunction
    {
        [Text("max_vports", Live = true)] public uint? Most { get; init; }
        [Text("vports", Live = true)] public uint? Used { get; init; }
    }
}

/// <summary>What a SCSI target is besides.</summary>
[Union(Missing = "internal|missing type for SCSI target capability for '{name}'", Bad = "internal|unknown SCSI target capability type '{0}' for '{name}'")]
public abstract partial record ScsiTargetFunction
{
    /// <summary>It is a port of a fibre channel.</summary>
    [Case("fc_remote_port")]
    public sealed partial record OfRemotePort : ScsiTargetFunction
    {
        [Text("rport", Missing = "internal|missing rport name for '{name}'")] public required string Name { get; init; }
        [Text("wwpn", Missing = "internal|missing wwpn identifier for '{name}'")] public required string Wwpn { get; init; }
    }
}

/// <summary>What a disk is besides.</summary>
[Union(Missing = "internal|missing storage capability type for '{name}'", Bad = "internal|unknown storage capability type '{0}' for '{name}'")]
public abstract partial record StorageFunction
{
    /// <summary>Its medium can be taken out.</summary>
    [Case("removable")]
    public sealed partial record OfRemovable : StorageFunction
    {
        /// <summary>1: a medium is in; 0: none is.</summary>
        [Text("media_available", Bad = "ignore|")] public int? Available { get; init; }

        /// <summary>Of the medium, in bytes.</summary>
        [Text("media_size", Bad = "internal|invalid removable media size supplied for '{name}'", Missing = "internal|no removable media size supplied for '{name}'")] public required ulong Size { get; init; }
        [Text("media_label")] public string? Label { get; init; }
        [Text("logical_block_size", Live = true)] public ulong? BlockSize { get; init; }
        [Text("num_blocks", Live = true)] public ulong? Blocks { get; init; }
    }

    /// <summary>It can come and go.</summary>
    [Case("hotpluggable")] public sealed partial record OfHotpluggable : StorageFunction;
}

/// <summary>Kinds of nodes of graphics cards.</summary>
[WireNames] public enum DrmType { Primary, Control, Render }

/// <summary>A setting of a mediated device; they count in their order.</summary>
[Element("attr")]
public sealed partial record MdevAttribute
{
    [Attr("name")] public string? Name { get; init; }
    [Attr("value")] public string? Value { get; init; }
}

/// <summary>The channel device behind a subchannel.</summary>
[Element("channel_dev_addr")]
public sealed partial record ChannelAddress
{
    [Text("cssid", Hex = 1, Bad = "unsupported|invalid cssid value '{0}' for '{name}'", Missing = "unsupported|missing cssid value for '{name}'")] public required uint Cssid { get; init; }
    [Text("ssid", Hex = 1, Bad = "unsupported|invalid ssid value '{0}' for '{name}'", Missing = "unsupported|missing ssid value for '{name}'")] public required uint Ssid { get; init; }
    [Text("devno", Hex = 4, Bad = "unsupported|invalid devno value '{0}' for '{name}'", Missing = "unsupported|missing devno value for '{name}'")] public required uint Number { get; init; }
}
