using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Backup;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Backups;

/// <summary>One disk of a backup.</summary>
/// <param name="Def">How it is backed up.</param>
/// <param name="Disk">The disk.</param>
/// <param name="Store">What its backup, or what is overwritten meanwhile, goes to, to plan the image's nodes.</param>
/// <param name="Pulls">It is read by somebody.</param>
sealed record BackupPart(BackupDisk Def, Disk Disk, Disk Store, bool Pulls)
{
    internal string Target => Def.Name;

    internal string Source => BlockChain.NodeOf(Disk.Source.Index);

    internal string Node => BlockChain.NodeOf(Store.Source.Index);

    internal string JobName => BlockJob.NameOf(DomainBlockJobType.Backup, Target, Source);

    internal string Export => $"libvirt-nbd-{Node}";

    internal string? Path => Capabilities.DomainBlocks.PathOf(Store);

    internal StorageFormat Format => Def.Format ?? StorageFormat.Qcow2;

    /// <summary>What of the disk's changes is wanted is in a bitmap of this name; null: everything is.</summary>
    internal string? Bitmap => Def.Incremental is null ? null : Def.ExportBitmap ?? $"backup-{Target}";

    /// <summary>The node that has that bitmap: what is offered, or what is copied.</summary>
    internal string BitmapNode => Pulls ? Node : Source;

    /// <summary>It stands on the disk's own image: only what is different is written to it.</summary>
    internal static bool IsOverlay(BackupDisk def, bool pulls) => (pulls || def.Incremental is not null) && FormatNode.HasBacking(def.Format ?? StorageFormat.Qcow2);

    /// <summary>The disk's part in a backup that has been planned.</summary>
    internal static BackupPart Of(BackupDisk def, Disk disk, bool pulls)
    {
        BackingStore below = IsOverlay(def, pulls)
            ? new BackingStore { Index = disk.Source.Index, Format = disk.Driver?.Type ?? StorageFormat.Raw, Source = disk.Source with { Index = null }, Next = disk.BackingStore ?? new BackingStore() }
            : new BackingStore();
        Disk store = BlockChain.Aside(disk, def.Store!.Source with { Index = def.Index, PrivateData = null }, def.Format ?? StorageFormat.Qcow2, below);
        return new BackupPart(def, disk, store with { ReadOnly = false, Shareable = false, Encryption = null, Auth = null }, pulls);
    }

    internal BlockJob ToJob() => new(JobName, DomainBlockJobType.Backup, Target)
    {
        Store = Store.Source with { PrivateData = Remembered }, StoreFormat = Format, Bitmap = Pulls ? null : Bitmap,
    };

    /// <summary>The names of its nodes and of its secret, as a status file has them.</summary>
    internal Core.Xml.XmlFragment? Remembered
    {
        get
        {
            ImageNames names = ImageNames.OfIndex(Def.Index);
            SourcePrivateData data = new SourcePrivateData().WithNode(SourceNodeKind.Storage, names.Storage).WithNode(SourceNodeKind.Format, names.Format);
            return (Store.Source.Encryption is { Secrets.IsEmpty: false } ? data.WithSecret(SourceSecretKind.Encryption, BlockObjects.EncryptionSecretOf(names)) : data).ToFragment();
        }
    }

    /// <summary>What QEMU does not have without it: objects and the node of the bytes, then that of the format.</summary>
    internal IReadOnlyList<QemuPart> Parts(IPlugGuest guest)
    {
        using PlugRun run = PlugRun.Of(guest, Store);
        return run.Backends.Without(ImageNodes.Of(guest, Disk));
    }

    internal bool IsFormat(QemuPart part) => part is QemuBlockdev node && node["node-name"]?.AsText() == Node;

    /// <summary>What begins it, for a transaction.</summary>
    /// <exception cref="VireoException">VIR_ERR_CHECKPOINT_INCONSISTENT: nobody knows what was written since.</exception>
    internal IEnumerable<QemuProperties> Actions(BitmapPlans bitmaps)
    {
        IReadOnlyList<string> chain = BlockChain.Nodes(Disk);
        List<QemuProperties> actions = [];
        if (Def.Incremental is { } since)
        {
            if (!bitmaps.IsValid(chain, since))
                throw Checkpoints.CheckpointErrors.Broken(since, Target);
            actions.AddRange(bitmaps.Backup(chain, since, BitmapNode, Bitmap!));
        }
        actions.Add(new QemuProperties
        {
            { "type", "blockdev-backup" },
            {
                "data", new QemuProperties
                {
                    { "device", Source },
                    { "job-id", JobName },
                    { "target", Node },
                    { "sync", Pulls ? "none" : Bitmap is null ? "full" : "incremental" },
                    { "bitmap", Pulls ? null : Bitmap },
                    { "auto-finalize", true },
                    { "auto-dismiss", false },
                }
            },
        });
        return actions;
    }
}
