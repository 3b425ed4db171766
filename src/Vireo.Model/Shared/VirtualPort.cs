using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Shared;

/// <summary>What a switch wants to know about a port.</summary>
[Element("virtualport", OmitEmpty = true)]
public sealed partial record VirtualPort
{
    [Attr("type", NonEmpty = true, Bad = "unsupported@none|unknown virtualport type {0}")] public VirtualPortType? Type { get; init; }
    [Child] public VirtualPortParameters? Parameters { get; init; }
}

[WireNames]
public enum VirtualPortType
{
    [Wire("802.1Qbg")] Vepa, [Wire("802.1Qbh")] VnLink, OpenVSwitch, Midonet,
}

/// <summary>The parameters, of which each kind of switch takes its own.</summary>
[Element("parameters", OmitEmpty = true)]
public sealed partial record VirtualPortParameters
{
    /// <summary>0 to 255.</summary>
    [Attr("managerid", Bad = "xml@none|cannot parse value of managerid parameter")] public uint? ManagerId { get; init; }

    /// <summary>0 to 0xffffff.</summary>
    [Attr("typeid", Bad = "xml@none|cannot parse value of typeid parameter")] public uint? TypeId { get; init; }

    /// <summary>0 to 255.</summary>
    [Attr("typeidversion", Bad = "xml@none|cannot parse value of typeidversion parameter")] public uint? TypeIdVersion { get; init; }
    [Attr("instanceid", NonEmpty = true, Bad = "xml@none|cannot parse instanceid parameter as a uuid")] public Uuid? InstanceId { get; init; }
    [Attr("interfaceid", NonEmpty = true, Bad = "xml@none|cannot parse interfaceid parameter as a uuid")] public Uuid? InterfaceId { get; init; }

    /// <summary>At most 39 bytes.</summary>
    [Attr("profileid", NonEmpty = true)] public string? ProfileId { get; init; }
}
