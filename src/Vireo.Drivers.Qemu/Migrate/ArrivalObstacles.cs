using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>Finds everything at the target that stands against a machine's coming, without starting anything.</summary>
static class ArrivalObstacles
{
    /// <summary>All of it.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="def">The machine, as its source shows it to other hosts.</param>
    /// <param name="order">How it is to move.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async ValueTask<List<MigrationObstacle>> FindAsync(QemuKeeper keeper, DomainDef def, MigrationOrder order, CancellationToken cancel)
    {
        var found = new List<MigrationObstacle>();
        void Add(string what, string remedy) => found.Add(new(ErrorCode.OperationInvalid, what, remedy));
        string name = order.Name ?? def.Name;
        if (def.Uuid is { } uuid && keeper.Machines.Find(uuid) is { Snapshot: var same })
        {
            if (same.IsActive) Add($"domain '{same.Name}' with its uuid is already active there", "end that one");
            else if (same.Name != name) Add($"its uuid {uuid} is that of domain '{same.Name}' there", $"undefine that one, or say --dname {same.Name}");
        }
        if (keeper.Machines.Find(name) is { Snapshot: var other } && other.Uuid != def.Uuid)
            Add($"domain '{name}' already exists there with uuid {other.Uuid}", "say --dname with another name");
        await MachineAsync(keeper, def, order, found, cancel).ConfigureAwait(false);
        if (!order.Has(DomainMigrateFlags.Offline)) Ports(keeper, def, order, Add);
        if (!order.Has(DomainMigrateFlags.Offline)) await DisksAsync(keeper, def, order, found, cancel).ConfigureAwait(false);
        if (keeper.Config.MigrateTlsForce && !order.Has(DomainMigrateFlags.Tls)) Add(MigrationFlagRules.TlsForced().Message, "say --tls");
        if (order.Has(DomainMigrateFlags.Tls) && HostSettings.MigrationTls(keeper.Config, keeper.Host).Directory is { } pki && !File.Exists(Path.Join(pki, "ca-cert.pem")))
            Add($"there are no certificates in {pki} of the target", "put them there, or name their folder by migrate_tls_x509_cert_dir in qemu.conf");
        return found;
    }

    // Emulator, machine type, devices, features and firmware: what a definition would be refused for. Then the processor.
    static async ValueTask MachineAsync(QemuKeeper keeper, DomainDef def, MigrationOrder order, List<MigrationObstacle> found, CancellationToken cancel)
    {
        try
        {
            QemuFacts facts = await keeper.FactsForAsync(def, cancel).ConfigureAwait(false);
            if (!order.Has(DomainMigrateFlags.Offline) && def.Type is DomainType.Kvm && facts.Kvm is null)
                found.Add(new(ErrorCode.ConfigUnsupported, $"Emulator '{facts.Emulator}' does not support virt type 'kvm'", "give the target's host virtualization, or let the guest be emulated from its next start on"));
            _ = keeper.Planning.WithDefaults(def, facts);
            if (!order.Has(DomainMigrateFlags.Offline) && def.Cpu is { Mode: CpuMode.Custom, Model: not null } cpu)
                _ = await new CpuComparisons(keeper).CompareHypervisorCpuAsync(facts.Emulator, def.Os.Arch, def.Os.Machine, def.Type.ToXml(), Text(cpu with { Numa = null }), ConnectCompareCpuFlags.FailIncompatible, cancel).ConfigureAwait(false);
        }
        catch (VireoException e) when (e.Code is ErrorCode.CpuIncompatible)
        {
            found.Add(new(e.Code, e.Message, "vireo cpu explain says which of its features are in the way, and vireo cpu baseline which CPU runs on both hosts: give it to the guest and start it anew"));
        }
        catch (VireoException e)
        {
            found.Add(new(e.Code, e.Message, "change what it names by --xml and --persistent-xml if the guest does not see it, else in the guest's definition and start it anew; or install what the target lacks"));
        }
    }

    static string Text(CpuDef cpu)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        cpu.WriteXml(output);
        return output.ToString();
    }

    static void Ports(QemuKeeper keeper, DomainDef def, MigrationOrder order, Action<string, string> add)
    {
        foreach (Graphics screen in def.Devices.Graphics.AsEnumerable())
        {
            (int? port, bool chosen) = screen switch
            {
                Graphics.Vnc vnc => (vnc.Port, vnc.AutoPort is true),
                Graphics.Spice spice => (spice.Port, spice.AutoPort is true),
                _ => (null, true),
            };
            if (!chosen && port is > 0 and var wanted && !keeper.Ports.Can(wanted))
                add($"port {wanted} of its screen is taken there", "free it, or let the screen have any: <graphics autoport='yes'>");
        }
        if (order.Has(DomainMigrateFlags.Tunnelled) || (MigrationPlace(order) is > 0)) return;
        int wants = order.Has(MigrationOrder.Storage) && order.DisksPort == 0 && order.DisksUri is null ? 2 : 1;
        if (keeper.Ports.Free(keeper.Ports.Migrations, wants) < wants)
            add($"Unable to find an unused port in range 'migration' ({keeper.Config.MigrationPortMin}-{keeper.Config.MigrationPortMax})", "widen the range in qemu.conf: migration_port_min, migration_port_max; or say a port by --migrateuri");
    }

    static int MigrationPlace(MigrationOrder order) => order.Uri is { } uri ? Target.MigrationPlace.Parse(uri)?.Port ?? 0 : 0;

    static async ValueTask DisksAsync(QemuKeeper keeper, DomainDef def, MigrationOrder order, List<MigrationObstacle> found, CancellationToken cancel)
    {
        foreach (Disk disk in def.Devices.Disks.AsEnumerable().ToList())
        {
            bool copied = CopiedDisks.IsCopied(disk, order);
            string target = disk.Target.Device;
            try
            {
                switch (disk.Source)
                {
                    case DiskSource.OfFile { Path: { Length: > 0 } path } when !File.Exists(path):
                        if (!copied && disk.Source.StartupPolicy is null or StartupPolicy.Mandatory)
                            found.Add(new(ErrorCode.OperationInvalid, $"'{path}' of disk {target} is not there at the target", $"share it, copy it with --copy-storage-all{(order.Has(MigrationOrder.Storage) ? $" or --migrate-disks {target}" : "")}, or name another by --xml"));
                        else if (copied && order.Has(DomainMigrateFlags.NonSharedInc))
                            found.Add(new(ErrorCode.OperationUnsupported, "pre-creation of storage targets for incremental storage migration is not supported", $"make '{path}' there, on the same images below"));
                        else if (copied)
                            _ = await (keeper.Options.Storage ?? throw NoStorage()).FindPoolOfFolderAsync(Path.GetDirectoryName(path) ?? "/", cancel).ConfigureAwait(false);
                        break;
                    case DiskSource.OfBlock { Path: { Length: > 0 } device } when !File.Exists(device):
                        found.Add(new(ErrorCode.OperationInvalid, $"'{device}' of disk {target} is not there at the target", "connect it there, or name another by --xml"));
                        break;
                    case DiskSource.OfVolume { Pool: { } pool, Volume: { } volume }:
                        IStorageSources storage = keeper.Options.Storage ?? throw NoStorage();
                        if (await storage.FindPoolAsync(pool, cancel).ConfigureAwait(false) is not { IsActive: true })
                            found.Add(new(ErrorCode.NoStoragePool, $"storage pool '{pool}' of disk {target} is not active at the target", $"virsh pool-start {pool} there"));
                        else if (!copied && await storage.FindVolumeAsync(pool, volume, cancel).ConfigureAwait(false) is null)
                            found.Add(new(ErrorCode.NoStorageVol, $"storage pool '{pool}' of the target has no volume '{volume}' for disk {target}", "share it, or copy it with --copy-storage-all"));
                        break;
                }
            }
            catch (VireoException e)
            {
                found.Add(new(e.Code, $"disk {target}: {e.Message}", "make and start a pool of that folder: virsh pool-create-as NAME dir --target FOLDER"));
            }
        }
    }

    static VireoException NoStorage() => QemuErrors.Unsupported("the target's daemon has no storage");
}
