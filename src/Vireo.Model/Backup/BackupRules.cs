using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;
using Vireo.Model.Snapshot;

namespace Vireo.Model.Backup;

/// <summary>What must hold of every backup, as written. libvirt always puts this document to its grammar, and so its refusals are the grammar's.</summary>
public static class BackupRules
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(BackupDef backup)
    {
        var found = new Findings();
        bool pull = backup.Mode == BackupMode.Pull;
        if (pull && backup.Server is null)
            Grammar(found, backup, "Invalid attribute mode for element domainbackup\n");
        else if (backup.Server is { } server && (!pull || !Reachable(server)))
            Refuse(found, server, "server");
        if (backup.Disks is { } disks && (disks.All.IsEmpty || disks.All.Any(disk => !Fits(disk, pull))))
            Refuse(found, disks, pull ? "server" : "disks");
        foreach (BackupDisk disk in backup.Disks?.All ?? default)
            if (disk.Store?.Source.Encryption is { } encryption)
                SecretRules.Check(encryption, found);
        return found;
    }

    static bool Reachable(BackupServer server) => server.Transport switch
    {
        BackupTransport.Unix => server.Socket?.StartsWith('/') is true,
        _ => server.Name is not null,
    };

    static bool Fits(BackupDisk disk, bool pull)
    {
        if (!pull && disk is { Type: null, Takes: not false })
            return false;       // only what is read has a type that goes without saying
        if (!CheckpointTarget(disk.Name) || disk is { Extent: BackupExtent.Full, Incremental: not null } || disk.Format is StorageFormat.None or StorageFormat.Auto)
            return false;
        return disk.Store is not { } store
            || store.Source.Encryption is null or { Format: EncryptionFormat.Luks, Secrets.Count: 1, Cipher: null, IvGenerator: null }
            && store.IsScratch == pull && SnapshotDisk.PathOf(store.Source)?.StartsWith('/') is true
            && store.Source is DiskSource.OfBlock == (disk.Type == BackupStoreType.Block);
    }

    static bool CheckpointTarget(string name) => Checkpoint.CheckpointRules.IsTarget(name);

    static void Refuse(Findings found, object element, string name) =>
        Grammar(found, element, $"Extra element {name} in interleave\nElement domainbackup failed to validate content\n");

    static void Grammar(Findings found, object element, string reason) => found.Add(element, ErrorCode.XmlInvalidSchema,
        $"Unable to validate doc against /usr/share/libvirt/schemas/domainbackup.rng\n{reason}", ErrorDomain.Xml);
}
