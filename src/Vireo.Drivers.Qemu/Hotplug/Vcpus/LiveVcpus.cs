using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Machine.Vcpus;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Hotplug.Vcpus;

/// <summary>Virtual CPUs of a machine that runs: they come and go by the places of its board, one on a PC, a whole core on POWER.</summary>
/// <param name="Monitor">The conversation with QEMU.</param>
/// <param name="Unplugs">Who waits for the guest to let one go.</param>
/// <param name="Patience">How long it may take.</param>
/// <param name="Time">The clock of that.</param>
sealed record LiveVcpus(QmpMonitor Monitor, UnplugWaits Unplugs, TimeSpan Patience, TimeProvider Time)
{
    /// <summary>What QEMU has.</summary>
    internal async ValueTask<IReadOnlyList<MachineVcpu>> AskAsync(DomainDef live, CancellationToken cancel)
    {
        var slots = await Monitor.RunAsync(new QueryHotpluggableCpus(), cancel).ConfigureAwait(false);
        var threads = await Monitor.RunAsync(new QueryCpusFast(), cancel).ConfigureAwait(false);
        return MachineVcpus.Of((int)VcpuSet.Most(live), threads, slots);
    }

    /// <summary>The definition as QEMU has it.</summary>
    internal static DomainDef Show(DomainDef live, IReadOnlyList<MachineVcpu> all)
    {
        var shown = new List<Vcpu>();
        int order = 0;
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Order > 0)
                order = all[i].Order;
            shown.Add(new Vcpu
            {
                Id = (uint)i, Enabled = all[i].IsOnline, Hotpluggable = all[i].IsHotpluggable, Order = all[i].IsOnline && order > 0 ? (uint)order : null,
            });
        }
        return VcpuSet.With(live, shown, isListed: true);
    }

    /// <summary>Which places change for a number of vCPUs, in the order of changing.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED: places hold more than one, and the number falls between.</exception>
    internal static IReadOnlyList<int> Choose(IReadOnlyList<MachineVcpu> all, int count)
    {
        int now = all.Count(static v => v.IsOnline);
        bool comes = count > now;
        List<int> chosen = [];
        for (int step = 0; step < all.Count; step++)
        {
            int i = comes ? step : all.Count - 1 - step;
            if (all[i].Slot is not { } slot || all[i].IsOnline == comes || !comes && !all[i].IsHotpluggable)
                continue;
            int after = now + (comes ? slot.Vcpus : -slot.Vcpus);
            if (comes ? after > count : after < count)
                continue;
            chosen.Add(i);
            now = after;
        }
        return now == count ? chosen : throw QemuErrors.Unsupported("target vm vcpu granularity does not allow the desired vcpu count");
    }

    /// <summary>The one place that a set of vCPUs is.</summary>
    /// <exception cref="VireoException">It is none, or more than one, or in that state already.</exception>
    internal static int Choose(IReadOnlyList<MachineVcpu> all, CpuSet which, bool there)
    {
        int? chosen = null;
        HashSet<int> covered = [];
        foreach (int i in which.Members)
        {
            if (i >= all.Count)
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vcpu '{i}' is not present in the domain");
            if (all[i].IsOnline == there)
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vcpu '{i}' is already in requested state");
            if (!there && !all[i].IsHotpluggable)
                throw HotplugErrors.Unsupported($"vcpu '{i}' can't be unplugged");
            if (all[i].Slot is not { } slot)
                continue;
            if (chosen is not null)
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, "only one hotpluggable entity can be selected");
            chosen = i;
            covered.UnionWith(Enumerable.Range(i, slot.Vcpus));
        }
        foreach (int i in which.Members)
            if (!covered.Contains(i))
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vcpu '{i}' belongs to a larger hotpluggable entity, but siblings were not selected");
        if (chosen is not { } first)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "no vcpus selected for modification");
        foreach (int i in covered)
            if (!which.Contains(i))
                throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"vcpu '{i}' was not selected but it belongs to hotpluggable entity '{first}-{first + covered.Count - 1}' which was partially selected");
        return first;
    }

    /// <summary>Plugs what belongs to a place.</summary>
    internal async ValueTask AddAsync(IReadOnlyList<MachineVcpu> all, int at, CancellationToken cancel)
    {
        CpuSlot slot = all[at].Slot!;
        await Monitor.RunAsync(new MakePart("device_add", new QemuProperties
        {
            { "driver", slot.Type }, { "id", $"vcpu{at}" }, { "node-id", slot.Props.Node }, { "core-id", slot.Props.Core }, { "thread-id", slot.Props.Thread },
            { "die-id", slot.Props.Die }, { "socket-id", slot.Props.Socket },
        }), cancel).ConfigureAwait(false);
    }

    /// <summary>Takes out what is at a place.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_TIMEOUT: the guest has not let it go yet.</exception>
    internal async ValueTask RemoveAsync(IReadOnlyList<MachineVcpu> all, int at, CancellationToken cancel)
    {
        string alias = all[at].Alias ?? throw HotplugErrors.Unsupported($"vcpu '{at}' can't be unplugged");
        Task<Unplug> answer = Unplugs.Expect(alias);
        Unplug outcome;
        try
        {
            await Monitor.RunAsync(new DeviceDel(alias), cancel).ConfigureAwait(false);
            await Task.WhenAny(answer, Task.Delay(Patience, Time, cancel)).ConfigureAwait(false);
        }
        finally
        {
            outcome = Unplugs.GiveUp(alias, answer);
        }
        if (outcome is Unplug.Rejected)
            throw HotplugErrors.Failed("vcpu unplug request rejected by the guest");
        if (outcome is Unplug.Pending)
            throw new VireoException(ErrorCode.OperationTimeout, ErrorDomain.Qemu, "vcpu unplug request timed out. Unplug result must be manually inspected in the domain");
    }
}
