using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Virtual CPUs as guests use them, by their agents.</summary>
sealed class GuestVcpus(QemuConnection connection) : AgentWork(connection), IDomainGuestVcpus
{
    public async ValueTask<TypedParameter[]> GetGuestVcpusAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainGetGuestVcpus", flags);
        var all = await AskAsync(domain, new GuestGetVcpus(), cancel).ConfigureAwait(false);
        string Those(Func<GuestVcpu, bool> which) => SetOf(all.Where(which)).ToString();
        return [new("vcpus", Those(static _ => true)), new("online", Those(static one => one.IsOnline)), new("offlinable", Those(static one => one.CanGo))];
    }

    static CpuSet SetOf(IEnumerable<GuestVcpu> vcpus) => CpuSet.Of(vcpus.Where(static one => one.Id is >= 0 and < CpuSet.Limit).Select(static one => (int)one.Id));

    public async ValueTask SetGuestVcpusAsync(DomainRef domain, string vcpus, bool state, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainSetGuestVcpus", flags);
        if (!CpuSet.TryParse(vcpus, out CpuSet? wanted))
            throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse bitmap '{vcpus}'");
        var machine = Connection.Get(domain);
        var all = await AskAsync(machine, new GuestGetVcpus(), cancel).ConfigureAwait(false);
        CpuSet missing = CpuSet.Of(wanted.Members.Where(one => !all.Any(known => known.Id == one)));
        if (!missing.IsEmpty)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"guest is missing vCPUs '{missing}'");
        GuestVcpu[] changed = [.. all.Where(one => wanted.Contains((int)one.Id) && one.IsOnline != state).Select(one => one with { IsOnline = state })];
        await SetAsync(machine, changed, cancel).ConfigureAwait(false);
    }

    /// <summary>How many the guest uses, or has.</summary>
    internal async Task<int> CountAsync(DomainRef domain, bool most, CancellationToken cancel)
    {
        var all = await AskAsync(domain, new GuestGetVcpus(), cancel).ConfigureAwait(false);
        return most ? all.Count : all.Count(static one => one.IsOnline);
    }

    /// <summary>Has the guest use a number of them.</summary>
    internal async Task UseAsync(QemuMachine machine, int count, CancellationToken cancel)
    {
        var all = await AskAsync(machine, new GuestGetVcpus(), cancel).ConfigureAwait(false);
        await SetAsync(machine, GuestSetVcpus.Changes(all, count), cancel).ConfigureAwait(false);
    }

    // A guest may do some of it and tell how many.
    async Task SetAsync(QemuMachine machine, IReadOnlyList<GuestVcpu> changed, CancellationToken cancel)
    {
        for (GuestSetVcpus? left = changed.Count == 0 ? null : new(changed); left is not null;)
            left = left.After(await AskAsync(machine, left, cancel).ConfigureAwait(false));
    }
}
