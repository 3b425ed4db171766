using System.Globalization;

namespace Vireo.Model.Storage;

/// <summary>Whether two pools would lie on the same thing. libvirt compares what was written, and never asks the host.</summary>
public static class StoragePoolConflicts
{
    /// <summary>Types whose sources are devices: a device is one pool's only, whatever the types.</summary>
    static readonly StoragePoolType[] onDevices = [StoragePoolType.Fs, StoragePoolType.Logical, StoragePoolType.Disk, StoragePoolType.Zfs];

    /// <summary>Whether one that comes would lie on what one that is there lies on.</summary>
    public static bool Between(StoragePoolDef known, StoragePoolDef coming)
    {
        StoragePoolSource a = known.Source ?? new StoragePoolSource(), b = coming.Source ?? new StoragePoolSource();
        if (onDevices.Contains(known.Type) && onDevices.Contains(coming.Type))
            return SameDevice(a, b);
        return known.Type == coming.Type && known.Type switch
        {
            StoragePoolType.Dir => known.Target?.Path == coming.Target?.Path,
            StoragePoolType.NetFs => SameHost(a, b) && a.Directory == b.Directory,
            StoragePoolType.Gluster => SameHost(a, b) && a.Directory == b.Directory && a.Name == b.Name,
            StoragePoolType.Iscsi => SameDevice(a, b) && a.Initiator == b.Initiator,     // one server has many names
            StoragePoolType.Sheepdog => SameHost(a, b),
            StoragePoolType.VStorage => a.Name == b.Name,
            StoragePoolType.Mpath => true,                                               // a host has one
            StoragePoolType.Scsi => SameAdapter(a.Adapter, b.Adapter),
            _ => false,
        };
    }

    static bool SameDevice(StoragePoolSource a, StoragePoolSource b) => a.Devices.Any(device => b.Devices.Any(known => known.Path == device.Path));

    /// <summary>A port counts where the pool that comes writes one.</summary>
    static bool SameHost(StoragePoolSource known, StoragePoolSource coming) => known.Hosts.Count == 1 && coming.Hosts.Count == 1 && known.Hosts[0].Name == coming.Hosts[0].Name
        && (coming.Hosts[0].Port is not { } port || known.Hosts[0].Port == port);

    static bool SameAdapter(StorageAdapter? a, StorageAdapter? b)
    {
        if (a is null || b is null)
            return false;
        bool isVirtual = a.Type is StorageAdapterType.FcHost;
        if (isVirtual && b.Type is StorageAdapterType.FcHost)
            return a.Wwnn == b.Wwnn && a.Wwpn == b.Wwpn;
        if (isVirtual != b.Type is StorageAdapterType.FcHost)
        {
            (StorageAdapter port, StorageAdapter adapter) = isVirtual ? (a, b) : (b, a);
            return Number(port.Parent) is { } parent && parent == Number(adapter.Name);
        }
        return a.ParentAddress is { } place && b.ParentAddress is { } other ? place == other
            : Number(a.Name) is { } number && number == Number(b.Name);
    }

    /// <summary>An adapter's number, by either of its names; null: it is no such name.</summary>
    static uint? Number(string? name)
    {
        ReadOnlySpan<char> rest = name;
        foreach (string prefix in (ReadOnlySpan<string>)["scsi_", "fc_"])
        {
            if (rest.StartsWith(prefix, StringComparison.Ordinal))
            {
                rest = rest[prefix.Length..];
                break;
            }
        }
        return rest.StartsWith("host", StringComparison.Ordinal)
            && uint.TryParse(rest["host".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
    }
}
