using Vireo.Core.Errors;
using Vireo.Core.Values;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Target;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Migrate.Storage;

/// <summary>The target's QEMU takes copies of disks by NBD until the guest is there.</summary>
static class DiskServer
{
    /// <summary>Begins to take them.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="monitor">The QEMU that waits for the guest.</param>
    /// <param name="facts">What it can do.</param>
    /// <param name="def">The machine as it was started.</param>
    /// <param name="order">How it moves.</param>
    /// <param name="job">The migration; a port that is taken is given back at its end.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What the source is told; null: no disk is copied.</returns>
    internal static async ValueTask<CookieNbd?> StartAsync(
        QemuKeeper keeper, QmpMonitor monitor, QemuFacts facts, DomainDef def, MigrationOrder order, MigrationJob job, CancellationToken cancel)
    {
        List<Disk> disks = [.. CopiedDisks.Of(def, order)];
        if (disks.Count == 0) return null;
        if (disks.Find(static d => d.ReadOnly || MigrationObstacles.IsEmpty(d)) is { } fixed_)
            throw QemuErrors.Unsupported($"Cannot migrate empty or read-only disk {fixed_.Target.Device}");
        (QemuProperties address, int port) = Address(keeper, order, job);
        await monitor.RunAsync(new NbdServerStart(address, order.Has(Driver.DomainMigrateFlags.Tls) ? MigrationTls.Alias : null), cancel).ConfigureAwait(false);
        foreach (Disk disk in disks)
        {
            string node = BlockChain.NodeOf(disk.Source.Index), export = CopiedDisks.ExportOf(disk);
            IQmpAction serve = facts.Has(QemuFlag.BlockExportAdd) ? new BlockExportAdd($"libvirt-nbd-{node}", node, export, IsWritable: true) : new NbdServerAdd(node, export, IsWritable: true);
            await monitor.RunAsync(serve, cancel).ConfigureAwait(false);
        }
        job.Copied = [.. disks.Select(static d => d.Target.Device)];
        return new CookieNbd { Port = port > 0 ? (uint)port : null };
    }

    static (QemuProperties Address, int Port) Address(QemuKeeper keeper, MigrationOrder order, MigrationJob job)
    {
        string? host = order.ListenAddress ?? keeper.Config.MigrationAddress;
        int port = order.DisksPort;
        if (order.DisksUri is { } uri)
        {
            UriText parsed = MigrationPlace.Read(uri);
            switch (parsed.Scheme)
            {
                case "unix":
                    return (Place("unix", new QemuProperties { { "path", parsed.Path is { Length: > 0 } path ? path
                        : throw VireoException.InvalidArgument(ErrorDomain.Qemu, "UNIX disks URI does not include path") } }), 0);
                case "tcp":
                    (host, port) = (parsed.Server is { Length: > 0 } server ? server
                        : throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"URI with tcp scheme did not provide a server part: {uri}"), parsed.Port);
                    break;
                case null:
                    throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"No URI scheme specified: {uri}");
                default:
                    throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"Unsupported scheme in disks URI: {parsed.Scheme}");
            }
        }
        else if (port is < 0 or > ushort.MaxValue)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "nbd port must be in range 0-65535");
        if (port == 0)
        {
            port = keeper.Ports.Take(keeper.Ports.Migrations) ?? throw MigrationPlace.NoPort(keeper.Config);
            int taken = port;
            job.Releases.Add(() => keeper.Ports.Return(taken));
        }
        string listen = host ?? MigrationPlace.Everywhere(MigrationPlace.HostOf(order.Uri));
        return (Place("inet", new QemuProperties { { "host", listen }, { "port", port.ToString(System.Globalization.CultureInfo.InvariantCulture) } }), port);
    }

    static QemuProperties Place(string type, QemuProperties data) => new() { { "type", type }, { "data", data } };

    /// <summary>Takes no more.</summary>
    internal static async ValueTask StopAsync(QmpMonitor monitor, MigrationJob job, CancellationToken cancel)
    {
        if (job.Copied.IsEmpty) return;
        await monitor.RunAsync(new NbdServerStop(), cancel).ConfigureAwait(false);
    }
}
