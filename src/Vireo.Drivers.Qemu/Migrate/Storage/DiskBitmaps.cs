using Vireo.Core;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using BlockNode = Vireo.Drivers.Qemu.Blocks.BlockNode;

namespace Vireo.Drivers.Qemu.Migrate.Storage;

/// <summary>Bitmaps of dirty blocks go along with the disks that are copied, so that backups go on from where they were.</summary>
static class DiskBitmaps
{
    /// <summary>The capability that lets QEMU send and take them.</summary>
    internal const string Capability = "dirty-bitmaps";

    /// <summary>Those that go: the images keep them, and they miss nothing. Null: none do.</summary>
    internal static async ValueTask<CookieBitmaps?> FindAsync(DomainDef def, MigrationOrder order, QmpMonitor monitor, QemuFacts facts, CancellationToken cancel)
    {
        if (!order.Has(MigrationOrder.Storage) || !facts.Has(QemuFlag.MigrationBitmapMapping)) return null;
        var nodes = await monitor.RunAsync(new QueryBitmaps(), cancel).ConfigureAwait(false);
        CookieBitmapDisk[] disks = [.. CopiedDisks.Of(def, order).Select(disk => new CookieBitmapDisk
        {
            Target = disk.Target.Device,
            Bitmaps = [.. (nodes.GetValueOrDefault(BlockChain.NodeOf(disk.Source.Index))?.Bitmaps ?? []).Where(static b => b.IsPersistent && !b.IsInconsistent)
                .Select(b => new CookieBitmap { Name = b.Name, Alias = $"libvirt-{disk.Target.Device}-{b.Name}" })],
        }).Where(static disk => !disk.Bitmaps.IsEmpty)];
        return disks.Length > 0 ? new CookieBitmaps { Disks = [.. disks] } : null;
    }

    /// <summary>What the target takes of that: not what its images have already.</summary>
    internal static async ValueTask<CookieBitmaps?> TakenAsync(CookieBitmaps? told, DomainDef def, MigrationOrder order, QmpMonitor monitor, QemuFacts facts, CancellationToken cancel)
    {
        if (told is null || told.Disks.IsEmpty || !facts.Has(QemuFlag.MigrationBitmapMapping)) return null;
        var nodes = await monitor.RunAsync(new QueryBitmaps(), cancel).ConfigureAwait(false);
        List<CookieBitmapDisk> taken = [];
        foreach (CookieBitmapDisk one in told.Disks.ToArray())
        {
            if (CopiedDisks.Of(def, order).FirstOrDefault(d => d.Target.Device == one.Target) is not { } disk) continue;
            BlockNode? there = nodes.GetValueOrDefault(BlockChain.NodeOf(disk.Source.Index));
            ValueList<CookieBitmap> fresh = [.. one.Bitmaps.Where(b => there?.Find(b.Name) is null)];
            if (!fresh.IsEmpty) taken.Add(one with { Bitmaps = fresh });
        }
        return taken.Count > 0 ? new CookieBitmaps { Disks = [.. taken] } : null;
    }

    /// <summary>Tells QEMU which of its bitmaps are which on the way.</summary>
    internal static async ValueTask MapAsync(CookieBitmaps bitmaps, DomainDef def, QmpMonitor monitor, CancellationToken cancel)
    {
        List<BitmapMapping> all = [];
        foreach (CookieBitmapDisk one in bitmaps.Disks.ToArray())
            if (def.Devices.Disks.FirstOrDefault(d => d.Target.Device == one.Target) is { } disk)
                all.Add(new(BlockChain.NodeOf(disk.Source.Index), one.Target, [.. one.Bitmaps.Select(static b => (b.Name, b.Alias))]));
        await monitor.RunAsync(new MigrateMapBitmaps(all), cancel).ConfigureAwait(false);
    }
}
