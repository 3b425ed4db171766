using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Model.Storage;

/// <summary>What must hold of every pool, as written.</summary>
public static class StoragePoolRules
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(StoragePoolDef pool)
    {
        var found = new Findings(ErrorDomain.Storage);
        StoragePoolKind kind = StoragePoolKind.Of(pool.Type);
        StoragePoolSource source = pool.Source ?? new StoragePoolSource();
        Format(pool, source, kind, found);
        if (source.Adapter is { } written && kind.Uses(StoragePoolParts.Adapter))
            AdapterAsWritten(written, found);
        Login(pool, source, found);
        Name(pool, source, kind, found);
        if (pool.CopyOnWrite is not null && pool.Type is not (StoragePoolType.Fs or StoragePoolType.Dir))
            found.Add(pool, ErrorCode.NoSupport, "cow feature may only be used for 'fs' and 'dir' pools");
        Parts(pool, source, kind, found);
        if (!kind.IsRemote && pool.Target?.Path is null && pool.Type is not (StoragePoolType.Logical or StoragePoolType.Zfs))
            found.Wrong(pool.Target ?? (object)pool, "missing storage pool target path");
        return found;
    }

    static void Format(StoragePoolDef pool, StoragePoolSource source, StoragePoolKind kind, Findings found)
    {
        int index = Math.Max(0, Array.IndexOf(kind.Formats, source.Format ?? kind.Format));
        if (source.Format is not null && kind.Formats.Length > 0 && !kind.Formats.Contains(source.Format))
            found.Unsupported(source, $"unknown pool format type {source.Format}");
        // libvirt compares the number of the format with those of network file systems, whatever the pool is.
        else if (!string.IsNullOrEmpty(source.ProtocolVersion) && index > 1)
            found.Unsupported(source, $"storage pool protocol ver unsupported for pool type '{Network(index)}'");
    }

    static string Network(int index) => index < StoragePoolKind.NetworkFileSystems.Count ? StoragePoolKind.NetworkFileSystems[index] : "(null)";

    static void Login(StoragePoolDef pool, StoragePoolSource source, Findings found)
    {
        if (source.Auth is not { } auth)
            return;
        SecretRules.Check(auth.Secret, found);
        if (auth.Type is null or StorageAuthType.None)
            found.Unsupported(auth, "storage pool missing auth type");
    }

    static void Name(StoragePoolDef pool, StoragePoolSource source, StoragePoolKind kind, Findings found)
    {
        string? name = pool.Name ?? (kind.Uses(StoragePoolParts.Name) ? source.Name : null);
        if (name is null)
            found.Wrong(pool, "missing pool source name element");
        else if (name.Contains('/', StringComparison.Ordinal))
            found.Wrong(pool, $"name {name} cannot contain '/'");
    }

    static void Parts(StoragePoolDef pool, StoragePoolSource source, StoragePoolKind kind, Findings found)
    {
        object at = pool.Source ?? (object)pool;
        if (kind.Uses(StoragePoolParts.Host) && source.Hosts.IsEmpty)
            found.Wrong(at, "missing storage pool source host name");
        if (pool.Type == StoragePoolType.Rbd && source.Name is null)
            found.Wrong(at, "element 'name' is mandatory for RBD pool");
        if (pool.Type == StoragePoolType.NetFs && source.Directory is null)
            found.Wrong(at, "missing storage pool source path");
        if (kind.Uses(StoragePoolParts.Adapter))
            Adapter(source, at, found);
        if (pool.Type is StoragePoolType.Fs or StoragePoolType.Disk && source.Devices.IsEmpty)
            found.Wrong(at, "missing storage pool source device name");
        if (pool.Type == StoragePoolType.IscsiDirect && string.IsNullOrEmpty(source.Initiator))
            found.Unsupported(at, "missing initiator IQN");
    }

    static void AdapterAsWritten(StorageAdapter adapter, Findings found)
    {
        if (adapter is { Type: null, Wwnn: not null } or { Type: null, Wwpn: not null } or { Type: null, Parent: not null })
            found.Wrong(adapter, "Use of 'wwnn', 'wwpn', and 'parent' attributes requires use of the adapter 'type'");
        else if (adapter is { Type: null, ParentAddress: not null })
            found.Wrong(adapter, "Use of 'parentaddr' element requires use of the adapter 'type'");
    }

    static void Adapter(StoragePoolSource source, object at, Findings found)
    {
        if (source.Adapter is not { } adapter || adapter is { Type: null, Name: null, ParentAddress: null })
        {
            found.Wrong(at, "missing storage pool source adapter");
            return;
        }
        if (adapter.Type == StorageAdapterType.FcHost)
            FibreChannel(adapter, found);
        else
            ScsiHost(adapter, found);
    }

    static void FibreChannel(StorageAdapter adapter, Findings found)
    {
        if (adapter.Wwnn is null || adapter.Wwpn is null)
            found.Wrong(adapter, "'wwnn' and 'wwpn' must be specified for adapter type 'fchost'");
        foreach (string? name in (ReadOnlySpan<string?>)[adapter.Wwnn, adapter.Wwpn, adapter.ParentWwnn, adapter.ParentWwpn, adapter.ParentFabricWwn])
            if (name is not null && !IsWorldWideName(name))
                found.Add(adapter, ErrorCode.InternalError, $"Malformed wwn: {name}", ErrorDomain.None);
        if (adapter is { ParentWwnn: not null, ParentWwpn: null })
            found.Wrong(adapter, $"when providing parent_wwnn='{adapter.ParentWwnn}', the parent_wwpn must also be provided");
        if (adapter is { ParentWwpn: not null, ParentWwnn: null })
            found.Wrong(adapter, $"when providing parent_wwpn='{adapter.ParentWwpn}', the parent_wwnn must also be provided");
    }

    /// <summary>Sixteen hexadecimal digits, perhaps behind 0x.</summary>
    static bool IsWorldWideName(string name)
    {
        ReadOnlySpan<char> digits = name.StartsWith("0x", StringComparison.Ordinal) ? name.AsSpan(2) : name;
        return digits.Length == 16 && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
    }

    static void ScsiHost(StorageAdapter adapter, Findings found)
    {
        if (adapter is { Name: null, ParentAddress: null })
            found.Wrong(adapter, "Either 'name' or 'parent' must be specified for the 'scsi_host' adapter");
        else if (adapter is { Name: not null, ParentAddress: not null })
            found.Wrong(adapter, "Both 'name' and 'parent' cannot be specified for the 'scsi_host' adapter");
        if (adapter.ParentAddress is not { } parent)
            return;
        if (parent.Address is null)
            found.Wrong(parent, "Missing scsi_host PCI address element");
        else
            AddressRules.Check(parent.Address, found);
        if (parent.UniqueId is null)
            found.Wrong(parent, "Missing or invalid scsi adapter 'unique_id' value");
    }
}
