using Vireo.Core.Xml.Schema;
using Vireo.Model.Backup;
using Vireo.Model.Capabilities;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NodeDevice;
using Vireo.Model.NwFilter;
using Vireo.Model.Secret;
using Vireo.Model.Snapshot;
using Vireo.Model.Storage;

namespace Vireo.Model.Documents;

/// <summary>All kinds of documents. Each is made when it is asked for, so that a program has the schemas only of those that it uses.</summary>
public static class DocumentKinds
{
    /// <summary>A virtual machine.</summary>
    public static DocumentKind Domain => field ??= new("domain", "a virtual machine or container", "domain", static () => DomainDef.XmlShape);

    /// <summary>A guest's or a host's CPU.</summary>
    public static DocumentKind Cpu => field ??= new("cpu", "a guest's or a host's CPU", "cpu", static () => CpuDocument.Shape);

    /// <summary>One device, as attaching and detaching take it.</summary>
    public static DocumentKind Device => field ??= new(
        "device", "one device of a machine, to be attached or detached", [.. DeviceSet.XmlShape.Children.Where(static child => child.Name is not "emulator")]) { IsPart = true };

    /// <summary>A saved state of a machine.</summary>
    public static DocumentKind Snapshot => field ??= new("domainsnapshot", "a snapshot of a machine", "domainsnapshot", static () => SnapshotDef.XmlShape);

    /// <summary>A point from which changes of disks are tracked.</summary>
    public static DocumentKind Checkpoint => field ??= new("domaincheckpoint", "a checkpoint of a machine's disks", "domaincheckpoint", static () => CheckpointDef.XmlShape);

    /// <summary>A backup job.</summary>
    public static DocumentKind Backup => field ??= new("domainbackup", "a backup job", "domainbackup", static () => BackupDef.XmlShape);

    /// <summary>What a hypervisor can do for machines.</summary>
    public static DocumentKind DomainCapabilities => field ??= new(
        "domaincaps", "what a hypervisor can do for machines", "domainCapabilities", static () => Model.Capabilities.DomainCapabilities.XmlShape);

    /// <summary>A storage pool.</summary>
    public static DocumentKind StoragePool => field ??= new("storagepool", "a storage pool", "pool", static () => StoragePoolDef.XmlShape);

    /// <summary>A storage volume.</summary>
    public static DocumentKind StorageVolume => field ??= new("storagevol", "a storage volume", "volume", static () => StorageVolumeDef.XmlShape);

    /// <summary>The kinds of storage pools that there are.</summary>
    public static DocumentKind StoragePoolCapabilities => field ??= new(
        "storagepoolcaps", "the kinds of storage pools that there are", "storagepoolCapabilities", static () => Storage.StoragePoolCapabilities.XmlShape);

    /// <summary>A device of the host.</summary>
    public static DocumentKind NodeDevice => field ??= new("nodedev", "a device of the host", "device", static () => NodeDeviceDef.XmlShape);

    /// <summary>A virtual network.</summary>
    public static DocumentKind Network => field ??= new("network", "a virtual network", "network", static () => NetworkDef.XmlShape);

    /// <summary>A guest's card on a network.</summary>
    public static DocumentKind NetworkPort => field ??= new("networkport", "a guest's card on a network", "networkport", static () => NetworkPortDef.XmlShape);

    /// <summary>A network filter.</summary>
    public static DocumentKind Filter => field ??= new("nwfilter", "a network filter", "filter", static () => FilterDef.XmlShape);

    /// <summary>A filter on a guest's card.</summary>
    public static DocumentKind FilterBinding => field ??= new("nwfilterbinding", "a filter on a guest's card", "filterbinding", static () => FilterBindingDef.XmlShape);

    /// <summary>A network card, bridge, bond or VLAN of the host.</summary>
    public static DocumentKind Interface => field ??= new("interface", "a network card, bridge, bond or VLAN of the host", "interface", static () => InterfaceDef.XmlShape);

    /// <summary>A secret without its value.</summary>
    public static DocumentKind Secret => field ??= new("secret", "a secret without its value", "secret", static () => SecretDef.XmlShape);

    /// <summary>What a host and its hypervisor can do.</summary>
    public static DocumentKind Capabilities => field ??= new("capability", "what a host and its hypervisors can do", "capabilities", static () => CapabilityDocument.Shape);

    /// <summary>Every kind, by name.</summary>
    public static IReadOnlyList<DocumentKind> All => field ??=
    [
        Domain, Cpu, Device, Snapshot, Checkpoint, Backup, DomainCapabilities, StoragePool, StorageVolume, StoragePoolCapabilities, NodeDevice,
        Network, NetworkPort, Filter, FilterBinding, Interface, Secret, Capabilities,
    ];

    /// <summary>The kind of this name, or null.</summary>
    public static DocumentKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The kind of documents with this root, or null.</summary>
    public static DocumentKind? OfRoot(string root) => All.FirstOrDefault(kind => !kind.IsPart && kind.Find(root) is not null);
}
