using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Machine.Vcpus;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Status;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Hotplug.Vcpus;

/// <summary>Virtual CPUs that come to a machine of this driver, or go: one place of the board after the other, and what QEMU has is published after each.</summary>
static class VcpuFlow
{
    sealed class Run(QemuKeeper keeper, QemuMachine machine, LiveQemu live, LiveVcpus vcpus, IReadOnlyList<MachineVcpu> all, int at, bool comes)
    {
        internal QemuKeeper Keeper => keeper;
        internal QemuMachine Machine => machine;
        internal LiveQemu Live => live;
        internal LiveVcpus Vcpus => vcpus;
        internal int At => at;
        internal bool Comes => comes;
        internal IReadOnlyList<MachineVcpu> All { get; set; } = all;
    }

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("vcpu")
        .Step("change", static (run, cancel) => run.Comes ? run.Vcpus.AddAsync(run.All, run.At, cancel) : run.Vcpus.RemoveAsync(run.All, run.At, cancel))
        .Step("publish", static async (run, cancel) => run.All = await ShowAsync(run.Keeper, run.Machine, run.Live, run.Vcpus, cancel).ConfigureAwait(false));

    internal static LiveVcpus Of(QemuKeeper keeper, QemuMachine machine, LiveQemu live) =>
        new(live.Monitor, live.Unplugs, new MachinePlugGuest(keeper, machine, live).UnplugPatience, keeper.Time);

    /// <summary>Changes what a choice says.</summary>
    internal static async ValueTask RunAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, Func<IReadOnlyList<MachineVcpu>, IReadOnlyList<int>> choose, CancellationToken cancel)
    {
        LiveVcpus vcpus = Of(keeper, machine, live);
        DomainDef before = machine.Snapshot.Live!;
        var all = await vcpus.AskAsync(before, cancel).ConfigureAwait(false);
        IReadOnlyList<int> chosen = choose(all);
        bool done = false;
        try
        {
            foreach (int at in chosen)
            {
                var run = new Run(keeper, machine, live, vcpus, all, at, !all[at].IsOnline);
                await Flow.RunAsync(run, keeper.Flows, cancel).ConfigureAwait(false);
                all = run.All;
            }
            done = true;
        }
        finally
        {
            keeper.AuditOf(before.Type, machine).Amount("vcpu", "update", VcpuSet.Count(before), VcpuSet.Count(machine.Snapshot.Live ?? before), done);
        }
    }

    /// <summary>Publishes what QEMU has, and puts threads that are new where their pins and limits say.</summary>
    internal static async ValueTask<IReadOnlyList<MachineVcpu>> ShowAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, LiveVcpus vcpus, CancellationToken cancel)
    {
        DomainDef def = machine.Snapshot.Live!;
        var all = await vcpus.AskAsync(def, cancel).ConfigureAwait(false);
        HashSet<int> known = [.. live.Vcpus.Select(static v => v.Pid)];
        List<StatusVcpu> threads = [];
        for (int i = 0; i < all.Count; i++)
            if (all[i].ThreadId > 0)
                threads.Add(new StatusVcpu { Id = (uint)i, Pid = all[i].ThreadId });
        live.Vcpus = [.. threads];
        foreach (StatusVcpu thread in threads.Where(t => !known.Contains(t.Pid)))
            GuestThreads.PlaceVcpu(live.Cgroup, def, (int)thread.Id, thread.Pid);
        machine.Commit(s => s.Live is { } now ? s with { Live = LiveVcpus.Show(now, all) } : s);
        keeper.Save(machine);
        return all;
    }
}
