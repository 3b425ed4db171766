using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Hypervisor.Machines;

/// <summary>
/// The machines of a driver, by uuid, name and id. Look-ups take no lock; who adds, renames or removes claims first, so that
/// a name or a uuid never stands for two machines.
/// </summary>
/// <typeparam name="TLive">What the driver keeps for a machine that runs.</typeparam>
public sealed class MachineList<TLive>(MachineOptions options) where TLive : class
{
    readonly ConcurrentDictionary<Uuid, MachineActor<TLive>> byUuid = new(1, 31);
    readonly ConcurrentDictionary<string, MachineActor<TLive>> byName = new(1, 31);
    readonly ConcurrentDictionary<int, MachineActor<TLive>> byId = new(1, 7);
    readonly Lock gate = new(), countGate = new();
    int lastId;
    long version;
    volatile Listing? listed;

    /// <summary>The refs as they were at a version.</summary>
    sealed record Listing(long Version, DomainRef[] Refs);

    /// <summary>What the machines have in common.</summary>
    public MachineOptions Options => options;

    /// <summary>Every machine, in no order.</summary>
    public IEnumerable<MachineActor<TLive>> All
    {
        get
        {
            foreach (var pair in byUuid)
                if (pair.Value.IsListed)
                    yield return pair.Value;
        }
    }

    /// <summary>
    /// The ref of every machine, in no order. It is the same array until a machine comes, goes, starts, ends or is renamed, so that those
    /// who list thousands again and again make no garbage: not to be written to.
    /// </summary>
    public DomainRef[] Refs()
    {
        long now = Volatile.Read(ref version);
        if (listed is { } known && known.Version == now)
            return known.Refs;
        var refs = new List<DomainRef>(byUuid.Count);
        foreach (var machine in All)
            refs.Add(machine.Snapshot.Ref);
        // Whatever changes meanwhile has another version.
        var made = new Listing(now, [.. refs]);
        listed = made;
        return made.Refs;
    }

    /// <summary>Something that refs tell is another now.</summary>
    internal void Touch() => Interlocked.Increment(ref version);

    /// <summary>How many run.</summary>
    public int ActiveCount => byId.Count;

    /// <summary>The next machine's id; ids are not used twice.</summary>
    public int NextId() => Interlocked.Increment(ref lastId);

    /// <summary>The machine of a uuid.</summary>
    public MachineActor<TLive>? Find(Uuid uuid) => byUuid.TryGetValue(uuid, out var found) && found.IsListed ? found : null;

    /// <summary>The machine of a name.</summary>
    public MachineActor<TLive>? Find(string name) => byName.TryGetValue(name, out var found) && found.IsListed ? found : null;

    /// <summary>The machine that runs with an id.</summary>
    public MachineActor<TLive>? Find(int id) => byId.TryGetValue(id, out var found) && found.IsListed ? found : null;

    /// <summary>The machine that a ref names (its name is for the message), or libvirt's error.</summary>
    public MachineActor<TLive> Get(DomainRef domain) =>
        Find(domain.Uuid) ?? throw MachineErrors.NoUuid(options.Domain, domain.Uuid, domain.Name);

    /// <summary>Adds a machine that was found at the start of the daemon.</summary>
    /// <returns>False if its name or uuid is taken.</returns>
    public bool TryLoad(MachineSnapshot found, [NotNullWhen(true)] out MachineActor<TLive>? machine)
    {
        lock (gate)
        {
            machine = null;
            if (byUuid.ContainsKey(found.Uuid) || byName.ContainsKey(found.Name))
                return false;
            machine = Add(found);
            machine.IsListed = true;
            Touch();
            if (found.IsActive)
            {
                byId[found.Id] = machine;
                TellCount();
            }
            lastId = Math.Max(lastId, found.Id);
            return true;
        }
    }

    /// <summary>
    /// Claims a name and a uuid for a definition or a start, and enters the machine's job. If there is no such machine, one is
    /// made that nobody sees before <see cref="MachineClaim{TLive}.Publish"/>; two that define the same take turns.
    /// </summary>
    public ValueTask<MachineClaim<TLive>> ClaimAsync(string name, Uuid uuid, ClaimFor purpose, JobCaller caller, CancellationToken cancel) =>
        ClaimAsync(name, uuid, purpose, machine => machine.EnterAsync(Job.Modify, caller, cancel));

    /// <summary>The same for a start that lasts: the machine's long job is entered.</summary>
    public ValueTask<MachineClaim<TLive>> ClaimAsync(
        string name, Uuid uuid, AsyncJob job, JobMask allows, JobCaller caller, CancellationToken cancel) =>
        ClaimAsync(name, uuid, ClaimFor.Start, machine => machine.EnterAsync(job, caller, allows, cancel));

    async ValueTask<MachineClaim<TLive>> ClaimAsync(
        string name, Uuid uuid, ClaimFor purpose, Func<MachineActor<TLive>, ValueTask<MachineJob<TLive>>> enter)
    {
        while (true)
        {
            MachineActor<TLive> machine = Reserve(name, uuid, purpose);
            MachineJob<TLive> job;
            try
            {
                job = await enter(machine).ConfigureAwait(false);
            }
            catch (VireoException gone) when (gone.Code == ErrorCode.NoDomain)
            {
                Unclaim(machine);       // who had it before failed, and took it away: the next one begins anew
                continue;
            }
            catch
            {
                Unclaim(machine);
                throw;
            }
            var claim = new MachineClaim<TLive>(this, machine, job);
            if (purpose != ClaimFor.Start || !machine.Snapshot.IsActive)
                return claim;
            await claim.DisposeAsync().ConfigureAwait(false);
            throw MachineErrors.AlreadyActive(name);
        }
    }

    /// <summary>Gives a machine that its job's holder has another name, around <paramref name="move"/>, which moves its files.</summary>
    public async ValueTask RenameAsync(MachineJob<TLive> job, string name, Func<ValueTask> move)
    {
        MachineActor<TLive> machine = job.Machine;
        string old = machine.Name;
        if (old == name)
            throw MachineErrors.RenameToItself();
        lock (gate)
        {
            if (!byName.TryAdd(name, machine))
                throw MachineErrors.RenameTaken(name);
        }
        try
        {
            await move().ConfigureAwait(false);
        }
        catch
        {
            byName.TryRemove(name, out _);
            throw;
        }
        machine.Commit(s => s with { Name = name });
    }

    /// <summary>Takes a machine away: it is undefined, or was transient and ended. Done by whoever holds its job.</summary>
    public void Remove(MachineActor<TLive> machine)
    {
        lock (gate)
            Take(machine);
    }

    MachineActor<TLive> Reserve(string name, Uuid uuid, ClaimFor purpose)
    {
        lock (gate)
        {
            if (byUuid.TryGetValue(uuid, out var same))
            {
                MachineSnapshot known = same.Snapshot;
                if (known.Name != name)
                    throw MachineErrors.UuidTaken(known);
                if (purpose == ClaimFor.Start && known.IsActive)
                    throw MachineErrors.AlreadyActive(name);
                same.Claims++;
                return same;
            }
            if (byName.TryGetValue(name, out var namesake))
                throw MachineErrors.NameTaken(namesake.Snapshot);
            MachineActor<TLive> machine = Add(new MachineSnapshot { Name = name, Uuid = uuid });
            machine.Claims++;
            return machine;
        }
    }

    internal void Unclaim(MachineActor<TLive> machine)
    {
        lock (gate)
        {
            machine.Claims--;
            if (!machine.IsListed && !machine.IsRemoved && machine.Claims == 0)
                Take(machine);
        }
    }

    MachineActor<TLive> Add(MachineSnapshot first)
    {
        var machine = new MachineActor<TLive>(first, options) { Changed = Reindex };
        byUuid[first.Uuid] = machine;
        byName[first.Name] = machine;
        return machine;
    }

    void Take(MachineActor<TLive> machine)
    {
        MachineSnapshot last = machine.Snapshot;
        machine.IsRemoved = true;
        machine.IsListed = false;
        Touch();
        byUuid.TryRemove(new(last.Uuid, machine));
        byName.TryRemove(new(last.Name, machine));
        if (byId.TryRemove(new(last.Id, machine)))
            TellCount();
    }

    // Counted and told in one go: of two that come at once, the last one tells what is true then.
    void TellCount()
    {
        lock (countGate)
            options.ActiveCountChanged(byId.Count);
    }

    void Reindex(MachineActor<TLive> machine, MachineSnapshot before, MachineSnapshot after)
    {
        Touch();
        if (before.Id != after.Id)
        {
            byId.TryRemove(new(before.Id, machine));
            if (after.IsActive)
                byId[after.Id] = machine;
            TellCount();
        }
        if (before.Name != after.Name)
        {
            byName[after.Name] = machine;
            byName.TryRemove(new(before.Name, machine));
        }
    }
}
