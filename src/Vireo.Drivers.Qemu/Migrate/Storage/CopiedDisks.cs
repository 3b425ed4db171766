using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Migrate.Storage;

/// <summary>Which disks' content goes along.</summary>
static class CopiedDisks
{
    /// <summary>Whether a disk's content is copied: it can be written to, is not shared, and is named if any is.</summary>
    internal static bool IsCopied(Disk disk, MigrationOrder order)
    {
        if (!order.Has(MigrationOrder.Storage)) return false;
        return order.Disks.IsEmpty
            ? !disk.Shareable && !disk.ReadOnly && !MigrationObstacles.IsEmpty(disk)
            : order.Disks.Contains(disk.Target.Device);
    }

    internal static IEnumerable<Disk> Of(DomainDef def, MigrationOrder order) => def.Devices.Disks.AsEnumerable().Where(d => IsCopied(d, order));

    /// <summary>What the target calls a disk that it takes.</summary>
    internal static string ExportOf(Disk disk) => $"drive-{disk.Alias}";

    /// <summary>The disks, and how large they are for the guest.</summary>
    /// <exception cref="VireoException">A disk is named that the machine does not have.</exception>
    internal static async ValueTask<CookieNbd?> CookieAsync(DomainDef def, MigrationOrder order, QmpMonitor monitor, CancellationToken cancel)
    {
        if (!order.Has(MigrationOrder.Storage)) return null;
        foreach (string named in order.Disks)
            if (!def.Devices.Disks.Any(d => d.Target.Device == named))
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk target {named} not found");
        var nodes = await monitor.RunAsync(new QueryNamedBlockNodes(), cancel).ConfigureAwait(false);
        return new CookieNbd
        {
            Disks = [.. Of(def, order).Select(disk => new CookieDisk
            {
                Target = disk.Target.Device,
                Capacity = (ulong)(nodes.FirstOrDefault(n => n.Name == BlockChain.NodeOf(disk.Source.Index))?.VirtualSize ?? 0),
            }).Where(static disk => disk.Capacity > 0)],
        };
    }
}
