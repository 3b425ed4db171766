using System.Buffers;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Access;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Finding, listing and watching: answered from snapshots.</summary>
sealed class DomainLists(QemuConnection connection) : IDomainLookup, IDomainListing, IDomainEvents, IDomainLabels, IMachineJobs
{
    QemuMachines Machines => connection.Keeper.Machines;

    public ValueTask<DomainRef> LookupByIdAsync(int id, CancellationToken cancel) =>
        new(Machines.Find(id)?.Snapshot.Ref ?? throw MachineErrors.NoId(ErrorDomain.Qemu, id));

    public ValueTask<DomainRef> LookupByNameAsync(string name, CancellationToken cancel) =>
        new(Machines.Find(name)?.Snapshot.Ref ?? throw MachineErrors.NoName(ErrorDomain.Qemu, name));

    public ValueTask<DomainRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) =>
        new(Machines.Find(uuid)?.Snapshot.Ref ?? throw MachineErrors.NoUuid(ErrorDomain.Qemu, uuid));

    public ValueTask<MachineJobs[]> ListJobsAsync(uint flags, CancellationToken cancel)
    {
        DateTimeOffset now = connection.Keeper.Options.Time.GetUtcNow();
        return new([.. Machines.All.Select(static machine => machine.Snapshot)
            .Where(static s => s.Job is not null || s.LongJob is not null || s.Waiters.Count > 0)
            .OrderBy(static s => s.Name, StringComparer.Ordinal).Select(s => new MachineJobs(s.Ref, s.NoteJobs(now)))]);
    }

    public ValueTask<ObjectLabels> FindAsync(DomainRef domain, CancellationToken cancel) => new(MachineLabels.Of(connection.Get(domain).Snapshot));

    public ValueTask<DomainRef[]> ListAllAsync(ListDomainsFlags flags, CancellationToken cancel) =>
        new(flags is default(ListDomainsFlags) or (ListDomainsFlags.Active | ListDomainsFlags.Inactive) ? Machines.Refs() : Select(flags, static s => s.Ref));

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => new(Machines.ActiveCount);

    public ValueTask<int[]> ListActiveIdsAsync(CancellationToken cancel) =>
        new(Select(ListDomainsFlags.Active, static s => s.Id));

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(Machines.All.Count(m => !m.Snapshot.IsActive));

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) =>
        new(Select(ListDomainsFlags.Inactive, static s => s.Name));

    public ValueTask<IAsyncDisposable> SubscribeAsync(DomainEventId kind, DomainRef? only, Action<DomainEvent> sink, CancellationToken cancel)
    {
        if (only is { } one) connection.Get(one);
        return new(connection.Keeper.Events.Subscribe(kind, only, sink));
    }

    // Makes the answer and nothing beside it: lists are asked for all the time.
    T[] Select<T>(ListDomainsFlags flags, Func<MachineSnapshot, T> what)
    {
        T[] found = ArrayPool<T>.Shared.Rent(64);
        int count = 0;
        foreach (var machine in Machines.All)
        {
            var now = machine.Snapshot;
            if (!Matches(now, flags)) continue;
            if (count == found.Length) found = Grow(found);
            found[count++] = what(now);
        }
        T[] all = found.AsSpan(0, count).ToArray();
        ArrayPool<T>.Shared.Return(found, clearArray: true);
        return all;
    }

    static T[] Grow<T>(T[] full)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(full, clearArray: true);
        return larger;
    }

    // Of each group in which a flag is set, one that is set must fit.
    bool Matches(MachineSnapshot s, ListDomainsFlags flags) =>
        Fits(flags, (ListDomainsFlags.Active, s.IsActive), (ListDomainsFlags.Inactive, !s.IsActive))
        && Fits(flags, (ListDomainsFlags.Persistent, s.IsPersistent), (ListDomainsFlags.Transient, !s.IsPersistent))
        && Fits(flags, (ListDomainsFlags.Managedsave, s.HasManagedSave), (ListDomainsFlags.NoManagedsave, !s.HasManagedSave))
        && Fits(flags, (ListDomainsFlags.Autostart, s.Autostart), (ListDomainsFlags.NoAutostart, !s.Autostart))
        && ((flags & (ListDomainsFlags.HasSnapshot | ListDomainsFlags.NoSnapshot)) == 0
            || Has(flags, ListDomainsFlags.HasSnapshot, ListDomainsFlags.NoSnapshot, !connection.Keeper.Snapshots.Of(s.Name).IsEmpty))
        && ((flags & (ListDomainsFlags.HasCheckpoint | ListDomainsFlags.NoCheckpoint)) == 0
            || Has(flags, ListDomainsFlags.HasCheckpoint, ListDomainsFlags.NoCheckpoint, !connection.Keeper.Checkpoints.Of(s.Name).IsEmpty))
        && Fits(flags, (ListDomainsFlags.Running, s.State == DomainState.Running), (ListDomainsFlags.Paused, s.State == DomainState.Paused),
            (ListDomainsFlags.ShutOff, s.State == DomainState.ShutOff),
            (ListDomainsFlags.Other, s.State is not (DomainState.Running or DomainState.Paused or DomainState.ShutOff)));

    static bool Has(ListDomainsFlags flags, ListDomainsFlags some, ListDomainsFlags none, bool has) => Fits(flags, (some, has), (none, !has));

    static bool Fits(ListDomainsFlags flags, params ReadOnlySpan<(ListDomainsFlags Flag, bool Holds)> group)
    {
        bool asked = false;
        foreach (var (flag, holds) in group)
        {
            if ((flags & flag) == 0) continue;
            if (holds) return true;
            asked = true;
        }
        return !asked;
    }
}
