using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Storage;

/// <summary>The host adapter behind which a SCSI pool's disks are.</summary>
[Element("adapter")]
public sealed partial record StorageAdapter
{
    /// <summary>Null: an adapter of the host by name.</summary>
    [Attr("type", Since = "1.0.5")] public StorageAdapterType? Type { get; init; }
    [Attr("name")] public string? Name { get; init; }

    /// <summary>A fibre-channel adapter's parent, by name or by world-wide names.</summary>
    [Attr("parent", Since = "1.0.4")] public string? Parent { get; init; }
    [Attr("parent_wwnn", Since = "3.0.0")] public string? ParentWwnn { get; init; }
    [Attr("parent_wwpn", Since = "3.0.0")] public string? ParentWwpn { get; init; }
    [Attr("parent_fabric_wwn", Since = "3.0.0")] public string? ParentFabricWwn { get; init; }

    /// <summary>Whether the virtual adapter is made and removed with the pool.</summary>
    [Attr("managed", Since = "1.2.11")] public bool? Managed { get; init; }
    [Attr("wwnn", Since = "1.0.4")] public string? Wwnn { get; init; }
    [Attr("wwpn", Since = "1.0.4")] public string? Wwpn { get; init; }

    /// <summary>A host adapter by the PCI card that it sits on, which stays the same when names change.</summary>
    [Child(Since = "1.2.7")] public StorageParentAddress? ParentAddress { get; init; }
}

[WireNames] public enum StorageAdapterType { [Wire("scsi_host")] ScsiHost, [Wire("fc_host")] FcHost }

/// <summary>A PCI card, and which of its adapters.</summary>
[Element("parentaddr")]
public sealed partial record StorageParentAddress
{
    [Attr("unique_id", Bad = "xml|Missing or invalid scsi adapter 'unique_id' value")] public uint? UniqueId { get; init; }
    [Child("address")] public HostPciAddress? Address { get; init; }
}
