using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Processes;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>A machine whose snapshots change. Its user holds the machine's job.</summary>
/// <param name="Keeper">The driver.</param>
/// <param name="Job">The machine's job.</param>
/// <param name="Interrupted">Ends waiting.</param>
sealed record SnapshotWork(QemuKeeper Keeper, QemuJob Job, CancellationToken Interrupted)
{
    BlockJobGuest? guest;

    internal QemuMachine Machine => Job.Machine;

    internal string Name => Machine.Name;

    internal Moments<SnapshotDef> All => Keeper.Snapshots.Of(Name);

    internal bool IsActive => Machine.Snapshot.IsActive;

    /// <summary>What shows and is snapshotted.</summary>
    internal DomainDef Def => Machine.Snapshot.Def ?? throw Hypervisor.Machines.MachineErrors.NotRunning();

    /// <summary>The same for all of the change: it keeps what was fetched for its plans.</summary>
    internal BlockJobGuest Guest
    {
        get
        {
            LiveQemu live = Job.RequireLive();
            return guest is { } known && ReferenceEquals(known.Live, live) ? known : guest = new BlockJobGuest(Keeper, Machine, live);
        }
    }

    internal SnapshotDef Get(string name) => All.Find(name) ?? throw SnapshotErrors.None($"no domain snapshot with matching name '{name}'");

    internal void Save(Moments<SnapshotDef> next) => Keeper.Snapshots.Save(Name, next);

    /// <summary>Writes and publishes what the next start takes.</summary>
    internal void Define(DomainDef def)
    {
        Keeper.Definitions.Save(Name, Machine.Uuid, def.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
        Machine.Commit(s => s with { Persistent = def });
    }

    /// <summary>A snapshot's definition as this driver completes it; the machine may have had another name then.</summary>
    internal async ValueTask<(DomainDef Def, QemuFacts Facts)> CompleteAsync(DomainDef def)
    {
        def = def with { Name = Name, Uuid = Machine.Uuid };
        var facts = await Keeper.FactsForAsync(def, Interrupted).ConfigureAwait(false);
        return (Keeper.Planning.WithDefaults(def, facts), facts);
    }

    /// <summary>Runs qemu-img on images that nobody uses.</summary>
    /// <exception cref="VireoException">It is not there, or fails: what it said.</exception>
    internal async ValueTask ImageAsync(params string[] arguments)
    {
        string program = ProgramOutput.Find("qemu-img") ?? throw VireoException.Internal(ErrorDomain.Qemu, "unable to find qemu-img");
        if (await Keeper.Processes.ReadAsync(program, arguments, Interrupted).ConfigureAwait(false) is null)
            throw VireoException.Internal(ErrorDomain.Qemu, $"qemu-img {string.Join(' ', arguments)} failed");
    }

    /// <summary>The disks of a snapshot that are kept in a way, with the disks of a definition.</summary>
    internal static IEnumerable<(SnapshotDisk Part, Disk Disk)> Parts(SnapshotDef snapshot, DomainDef def, SnapshotLocation location) =>
        from part in snapshot.Disks
        where part.Location == location
        let disk = def.Devices.Disks.FirstOrDefault(d => d.Target.Device == part.Name)
        where disk is not null
        select (part, disk);

    internal static bool IsExternal(SnapshotDef snapshot) =>
        snapshot.Memory?.Location is SnapshotLocation.External || snapshot.Disks.Any(static d => d.Location is SnapshotLocation.External);

    /// <summary>Tells of the machine's life.</summary>
    internal void Tell(DomainEventType type, int detail) => Machine.Raise(Machine.Lifecycle(type, detail));
}
