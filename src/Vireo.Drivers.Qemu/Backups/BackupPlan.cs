using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Drivers.Qemu.Definition.Defaults;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Backup;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Backups;

/// <summary>What a backup's document means for a machine that runs.</summary>
static class BackupPlan
{
    /// <summary>Every disk with its part, its store and its names.</summary>
    /// <param name="work">The machine.</param>
    /// <param name="backup">The document.</param>
    /// <param name="checkpoint">The checkpoint that is made at the same instant; null: none.</param>
    /// <param name="reuse">Stores are there already.</param>
    /// <exception cref="VireoException">It cannot be done so.</exception>
    internal static BackupDef Of(CheckpointWork work, BackupDef backup, CheckpointDef? checkpoint, bool reuse)
    {
        DomainDef machine = work.Guest.Def;
        string suffix = checkpoint?.Name ?? work.Keeper.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        backup = BackupDefaults.Align(backup, [.. machine.Devices.Disks.Select(static d => new BackedDisk(d.Target.Device,
            BlockGraph.IsEmpty(d.Source) ? null : Capabilities.DomainBlocks.PathOf(d) ?? "", d.Source is DiskSource.OfFile { Path: not null }))], suffix);
        if (backup.Disks!.All.All(static d => d.Takes is not true))
            throw CheckpointErrors.Config("no disks selected for backup");
        return backup with { Disks = backup.Disks with { All = [.. backup.Disks.All.Select(d => d.Takes is true ? Disk(work, machine, d, backup.Mode is BackupMode.Pull, reuse) : d)] } };
    }

    static BackupDisk Disk(CheckpointWork work, DomainDef machine, BackupDisk part, bool pulls, bool reuse)
    {
        Disk disk = machine.Devices.Disks.First(d => d.Target.Device == part.Name);
        if (BlockGraph.IsEmpty(disk.Source))
            throw CheckpointErrors.Config($"backup of empty disk '{part.Name}' is not supported");
        if (work.Live.BlockJobs.OfDisk(part.Name) is not null || disk.Mirror is not null)
            throw VireoException.Internal(ErrorDomain.Qemu, $"disk '{part.Name}' has a blockjob assigned");
        if (part.Incremental is { } since && work.All.Find(since) is null)
            throw CheckpointErrors.None($"Checkpoint '{since}' for incremental backup of disk '{part.Name}' not found");
        string path = (part.Store!.Source as DiskSource.OfFile)?.Path ?? (part.Store.Source as DiskSource.OfBlock)?.Path ?? "";
        bool there = File.Exists(path), isFile = part.Store.Source is DiskSource.OfFile;
        if (there && isFile && !reuse)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"store '{path}' for backup of '{part.Name}' exists");
        if (!there && (reuse || !isFile))
            throw VireoException.System(ErrorDomain.Qemu, 2, $"unable to stat: {path}");
        return part with
        {
            Index = work.Guest.Plug.NextImage(),
            Format = part.Format ?? StorageFormat.Qcow2,
            Store = part.Store with { Source = DiskDefaults.Complete(part.Store.Source) },
            ExportName = pulls ? part.ExportName ?? part.Name : null,
            ExportBitmap = pulls && part.Incremental is not null ? part.ExportBitmap ?? $"backup-{part.Name}" : part.ExportBitmap,
        };
    }

    /// <summary>The disks that take part.</summary>
    internal static IReadOnlyList<BackupPart> Parts(BlockJobGuest guest, BackupDef backup) =>
    [
        .. from part in backup.Disks?.All ?? default
           where part is { Takes: true, Store: not null }
           let disk = guest.DiskOf(part.Name)
           where disk is not null
           select BackupPart.Of(part, disk, backup.Mode is BackupMode.Pull),
    ];

    /// <summary>Whether every disk's changes are known, before anything is made.</summary>
    internal static void Check(BitmapPlans bitmaps, IEnumerable<BackupPart> parts)
    {
        foreach (BackupPart part in parts)
            if (part.Def.Incremental is { } since && !bitmaps.IsValid(BlockChain.Nodes(part.Disk), since))
                throw CheckpointErrors.Broken(since, part.Target);
    }
}
