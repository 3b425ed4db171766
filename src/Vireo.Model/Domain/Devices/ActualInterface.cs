using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.Domain.Devices;

/// <summary>
/// What a running machine's card of a virtual network is connected to in fact; status files hold it beside the definition's own source.
/// </summary>
[Element("actual")]
public sealed partial record ActualInterface
{
    [Attr("type")] public required ActualInterfaceType Type { get; init; }
    [Attr("managed")] public bool? Managed { get; init; }
    [Attr("trustGuestRxFilters")] public bool? TrustGuestRxFilters { get; init; }
    /// <summary>What lends a PCI function.</summary>
    [Attr("name", In = "driver")] public InterfaceDriverName? Driver { get; init; }
    [Child] public ActualSource? Source { get; init; }
    [Child("vlan")] public Vlan? Vlan { get; init; }
    [Child("virtualport")] public VirtualPort? VirtualPort { get; init; }
    [Child("bandwidth")] public Bandwidth? Bandwidth { get; init; }
    [Attr("isolated", In = "port", Since = "6.1.0")] public bool? PortIsolated { get; init; }
}

[WireNames] public enum ActualInterfaceType { Network, Bridge, Direct, Hostdev }

/// <summary>The bridge, device or PCI function.</summary>
[Element("source", OmitEmpty = true)]
public sealed partial record ActualSource
{
    [Attr("dev")] public string? Device { get; init; }
    [Attr("mode")] public DirectMode? Mode { get; init; }
    [Attr("bridge")] public string? Bridge { get; init; }
    [Attr("macTableManager")] public MacTableManager? MacTableManager { get; init; }
    [Child("address")] public DeviceAddress? Address { get; init; }
}
