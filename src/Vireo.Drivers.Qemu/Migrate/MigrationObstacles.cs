using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Host.Files;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>Something that keeps a machine where it is.</summary>
/// <param name="Code">The error that libvirt answers with.</param>
/// <param name="Text">What it is.</param>
/// <param name="Remedy">What can be done about it.</param>
sealed record MigrationObstacle(ErrorCode Code, string Text, string Remedy)
{
    internal VireoException ToError() => new(Code, ErrorDomain.Qemu, Text);
}

/// <summary>Finds everything at the source that stands against a migration. Begin answers with the first, an explanation with all.</summary>
static class MigrationObstacles
{
    /// <summary>All of them, in the order in which libvirt looks for them.</summary>
    /// <param name="now">The machine.</param>
    /// <param name="live">What runs; null: it is off.</param>
    /// <param name="order">How it is to move.</param>
    /// <param name="blockers">What QEMU says against it.</param>
    /// <param name="snapshots">How many snapshots of it are known here.</param>
    /// <param name="sharesTpm">Whether what its TPM remembers is in files that other hosts see too.</param>
    internal static IEnumerable<MigrationObstacle> Find(
        MachineSnapshot now, LiveQemu? live, MigrationOrder order, IEnumerable<string> blockers, int snapshots, Func<bool> sharesTpm)
    {
        DomainDef def = now.Def!;
        if (snapshots > 0)
            yield return new(ErrorCode.OperationInvalid, $"cannot migrate domain with {snapshots} snapshots",
                "forget them with snapshot-delete --metadata; a target that has their images gets them back by snapshot-create --redefine");
        if (live is not null)
        {
            if (!order.Has(DomainMigrateFlags.Offline) && live.BlockJobs.All.Count > 0)
                yield return new(ErrorCode.OperationInvalid, "domain has active block job", "wait for it, or end it with blockjob --abort or --pivot");
            string[] told = [.. blockers];
            if (told.Length > 0)
                yield return new(ErrorCode.OperationInvalid, $"cannot migrate domain: {string.Join("; ", told)}", "take away the device that QEMU names");
            if (live.DiesWith is not null)
                yield return new(ErrorCode.OperationInvalid, "domain is marked for auto destroy", "start it without --autodestroy");
            foreach (Hostdev device in def.Devices.Hostdevs.AsEnumerable())
                if (device.Source is not (HostdevSource.OfUsb or HostdevSource.OfScsi) && !IsMovable(device))
                    yield return new(ErrorCode.OperationUnsupported, "cannot migrate a domain with " + Describe(device.Source), "detach the device first");
            foreach (Interface card in def.Devices.Interfaces.AsEnumerable())
                if (card.Source is InterfaceSource.OfHostdev && card.Teaming?.Type is not TeamingKind.Transient)
                    yield return new(ErrorCode.OperationUnsupported, $"cannot migrate a domain with <interface type='{(NetworkCards.PortOf(card).Network is null ? "hostdev" : "network")}'>",
                        "detach the card first, or make it the transient one of a team");
            foreach (Filesystem folder in def.Devices.Filesystems.AsEnumerable())
                if (folder.Driver?.Type is FilesystemDriverType.VirtioFs)
                    yield return new(ErrorCode.OperationUnsupported, "migration with virtiofs device is not supported", "unmount and detach the folder first");
            if (def.Devices.Disks.Any(static d => d.Transient is not null))
                yield return new(ErrorCode.OperationUnsupported, "migration with transient disk is not supported", "detach the disk first");
            if (!def.Devices.SharedMemories.IsEmpty)
                yield return new(ErrorCode.OperationInvalid, "migration with shmem device is not supported", "detach the device first");
            // Two emulators over the same files would ruin them, and this one takes away its own when the guest has left.
            if (def.Devices.Tpms.Any(static t => t.Backend is TpmBackend.OfEmulator) && sharesTpm())
                yield return new(ErrorCode.NoSupport, "the running swtpm does not support migration with shared storage",
                    "keep what TPMs remember on a file system of this host alone: it goes along with the guest");
        }
        if (InvariantClock(def))
            yield return new(ErrorCode.OperationInvalid, "domain has 'invtsc' CPU feature but TSC frequency is not specified",
                "write <timer name='tsc' frequency='...'/>, or leave the feature out");
        if (live is null || order.Has(DomainMigrateFlags.Offline)) yield break;
        if (!order.Has(DomainMigrateFlags.Unsafe))
            foreach (var unsafeDisk in Unsafe(def, order))
                yield return unsafeDisk;
    }

    static bool IsMovable(Hostdev device) => device.Source is HostdevSource.OfMdev;

    static string Describe(HostdevSource source) => source switch
    {
        HostdevSource.OfPci => "<hostdev mode='subsystem' type='pci'>",
        HostdevSource.OfScsiHost => "<hostdev mode='subsystem' type='scsi_host'>",
        _ => "<hostdev mode='capabilities'>",
    };

    static bool InvariantClock(DomainDef def) =>
        def.Cpu is { } cpu && cpu.Features.Any(static f => f is { Name: "invtsc", Policy: CpuFeaturePolicy.Require or CpuFeaturePolicy.Force })
        && def.Clock?.Timers.Any(static t => t.Frequency is > 0) is not true;

    static IEnumerable<MigrationObstacle> Unsafe(DomainDef def, MigrationOrder order)
    {
        foreach (Disk disk in def.Devices.Disks.AsEnumerable())
        {
            if (disk.ReadOnly || IsEmpty(disk) || CopiedDisks.IsCopied(disk, order)) continue;
            if (disk.Source is DiskSource.OfFile { Path: { } path } && !SharedFileSystems.IsShared(path))
                yield return new(ErrorCode.MigrateUnsafe, "Migration without shared storage is unsafe",
                    $"put '{path}' (disk {disk.Target.Device}) on storage that both hosts share, copy it with --copy-storage-all, or say --unsafe");
            else if (disk.Source is DiskSource.OfVhostUser or DiskSource.OfNvme)
                yield return new(ErrorCode.MigrateUnsafe, "Migration without shared storage is unsafe", $"detach disk {disk.Target.Device}, or say --unsafe");
        }
    }

    internal static bool IsEmpty(Disk disk) => disk.Source switch
    {
        DiskSource.OfFile { Path: null or "" } => true,
        DiskSource.OfBlock { Path: null or "" } => true,
        _ => false,
    };
}
