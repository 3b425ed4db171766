using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Documents;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Persistent definitions.</summary>
sealed class DomainDefinitions(QemuConnection connection) : IDomainDefinition, IDomainAutostart, IDomainManagedSaveImage
{
    sealed record Change(QemuKeeper Keeper, QemuMachine Machine, MachineSnapshot Before, DomainDef? Def)
    {
        internal Action Publish { get; init; } = static () => { };
        internal IReadOnlyList<string> Files { get; init; } = [];
        internal string? TpmStorage { get; init; }
    }

    static readonly Flow<Change> Defining = new Flow<Change>("define")
        .Step("write", static c => c.Keeper.Definitions.Save(c.Def!.Name, c.Machine.Uuid, Text(c.Def)), static c =>
        {
            if (c.Before.Persistent is { } old) c.Keeper.Definitions.Save(old.Name, c.Machine.Uuid, Text(old));
            else c.Keeper.Definitions.Delete(c.Def!.Name);
        })
        .Step("publish", static c =>
        {
            c.Machine.Commit(s => s with { Persistent = c.Def, IsUpdated = s.IsActive });
            c.Publish();
            var detail = c.Before.IsPersistent ? DomainEventDefinedDetail.Updated : DomainEventDefinedDetail.Added;
            c.Machine.Raise(c.Machine.Lifecycle(DomainEventType.Defined, (int)detail));
        });

    static readonly Flow<Change> Undefining = new Flow<Change>("undefine")
        .Step("files", static c =>
        {
            if (c.TpmStorage is { } storage) RunFolders.Delete(storage);
            foreach (string file in c.Files) File.Delete(file);     // first: as long as there is a definition, undefine can be repeated
        })
        .Step("remove", static c => c.Keeper.Definitions.Delete(c.Before.Name))
        .Step("publish", static c =>
        {
            var told = c.Machine.Lifecycle(DomainEventType.Undefined, (int)DomainEventUndefinedDetail.Removed);
            c.Machine.Commit(static s => s with { Persistent = null, Autostart = false });
            if (!c.Machine.Snapshot.IsActive)
            {
                c.Keeper.Snapshots.Forget(c.Machine.Name);
                c.Keeper.Checkpoints.Forget(c.Machine.Name);
                c.Keeper.Machines.Remove(c.Machine);
            }
            c.Machine.Raise(told);
        });

    /// <summary>The flows, for tests that kill the daemon at each of their steps.</summary>
    internal static IReadOnlyList<IFlow> Flows => [Defining, Undefining];

    QemuKeeper Keeper => connection.Keeper;

    static string Text(DomainDef def) => def.ToXml(DomainFormat.Inactive | DomainFormat.Secure);

    public async ValueTask<DomainRef> DefineAsync(string xml, DomainDefineFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainDefineFlags.Validate, "qemuDomainDefineXMLFlags");
        if (flags.HasFlag(DomainDefineFlags.Validate)) DocumentKinds.Domain.Validate(xml);
        var (def, _) = await Keeper.ReadAsync(xml, cancel).ConfigureAwait(false);
        await using var claim = await Keeper.Machines
            .ClaimAsync(def.Name, def.Uuid!.Value, ClaimFor.Define, connection.As("DomainDefineXMLFlags"), cancel).ConfigureAwait(false);
        await Defining.RunAsync(new(Keeper, claim.Machine, claim.Machine.Snapshot, def) { Publish = claim.Publish }, Keeper.Flows, cancel)
            .ConfigureAwait(false);
        return claim.Machine.Snapshot.Ref;
    }

    public async ValueTask UndefineAsync(DomainRef domain, DomainUndefineFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainUndefineFlags.ManagedSave | DomainUndefineFlags.SnapshotsMetadata | DomainUndefineFlags.CheckpointsMetadata
            | DomainUndefineFlags.Nvram | DomainUndefineFlags.KeepNvram | DomainUndefineFlags.Tpm | DomainUndefineFlags.KeepTpm,
            "qemuDomainUndefineFlags");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainUndefineFlags"), cancel).ConfigureAwait(false);
        var before = job.Snapshot;
        if (before.Persistent is not { } def) throw QemuErrors.Transient("undefine");
        if (!before.IsActive && Keeper.Snapshots.Of(before.Name) is { IsEmpty: false } snapshots && !flags.HasFlag(DomainUndefineFlags.SnapshotsMetadata))
            throw QemuErrors.Invalid($"cannot delete inactive domain with {snapshots.Count} snapshots");
        if (!before.IsActive && Keeper.Checkpoints.Of(before.Name) is { IsEmpty: false } checkpoints && !flags.HasFlag(DomainUndefineFlags.CheckpointsMetadata))
            throw QemuErrors.Invalid($"cannot delete inactive domain with {checkpoints.Count} checkpoints");
        var files = new List<string>();
        string saved = Keeper.Paths.SaveFile(before.Name);
        if (File.Exists(saved))
        {
            if (!flags.HasFlag(DomainUndefineFlags.ManagedSave))
                throw QemuErrors.Invalid("Refusing to undefine while domain managed save image exists");
            files.Add(saved);
        }
        if (def.Os.Nvram?.Path is { } nvram && File.Exists(nvram))
        {
            if (flags.HasFlag(DomainUndefineFlags.Nvram)) files.Add(nvram);
            else if (!flags.HasFlag(DomainUndefineFlags.KeepNvram)) throw QemuErrors.Invalid("cannot undefine domain with nvram");
        }
        // While it runs, its TPM's memory is in use: it goes with the run then.
        bool forgets = !flags.HasFlag(DomainUndefineFlags.KeepTpm) && !before.IsActive
            && (flags.HasFlag(DomainUndefineFlags.Tpm) || TpmEmulator.IsForgotten(def));
        await Undefining.RunAsync(new(Keeper, machine, before, null)
        {
            Files = files, TpmStorage = forgets ? TpmEmulator.StorageOf(Keeper.Paths, machine.Uuid) : null,
        }, Keeper.Flows, cancel).ConfigureAwait(false);
    }

    public ValueTask<bool> GetAutostartAsync(DomainRef domain, CancellationToken cancel) => new(connection.Get(domain).Snapshot.Autostart);

    public async ValueTask SetAutostartAsync(DomainRef domain, bool autostart, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainSetAutostart"), cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsPersistent) throw QemuErrors.Invalid("cannot set autostart for transient domain");
        if (job.Snapshot.Autostart == autostart) return;
        Keeper.Definitions.SetAutostart(machine.Name, autostart);
        machine.Commit(s => s with { Autostart = autostart });
    }

    public ValueTask<bool> HasManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel) =>
        new(connection.Get(domain).Snapshot.HasManagedSave);

    public async ValueTask RemoveManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainManagedSaveRemove"), cancel).ConfigureAwait(false);
        File.Delete(Keeper.Paths.SaveFile(machine.Name));
        machine.Commit(static s => s with { HasManagedSave = false });
    }
}
