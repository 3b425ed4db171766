using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Status;
using Vireo.Host.Cgroups;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start.Groups;

/// <summary>
/// Puts each vCPU and iothread of a guest into a group of its own, and lets it run where and how the definition says, before the guest's
/// first instruction. Moving threads makes the kernel wait for all processors once, so it is done beside the conversation with QEMU.
/// </summary>
static class GuestThreads
{
    const int Gone = 3, NotPermitted = 1;

    /// <summary>Asks for the threads, and begins to place them.</summary>
    internal static async ValueTask FindAsync(StartRun run, CancellationToken cancel)
    {
        var cpus = await run.Talk.RunAsync(new QueryCpusFast(), cancel).ConfigureAwait(false);
        run.Cpus = cpus;
        run.Qemu!.Vcpus = [.. cpus.Select(c => new StatusVcpu { Id = (uint)c.Index, Pid = c.ThreadId })];
        IReadOnlyList<Monitor.Commands.IoThread> iothreads = run.Live.IoThreadIds.IsEmpty && run.Live.IoThreads is null or 0
            ? [] : await run.Talk.RunAsync(new QueryIoThreads(), cancel).ConfigureAwait(false);
        run.Placing = Task.Run(() => Place(run, iothreads), CancellationToken.None);
    }

    /// <summary>Waits until all are in their places.</summary>
    internal static async ValueTask SettleAsync(StartRun run)
    {
        if (run.Placing is { } placing)
            await placing.ConfigureAwait(false);
    }

    /// <summary>Waits for the end of it when the start has failed already.</summary>
    internal static async ValueTask GiveUpAsync(StartRun run)
    {
        if (run.Placing is { } placing)
            await Task.WhenAny(placing).ConfigureAwait(false);
    }

    /// <summary>Where the emulator runs, for its launcher.</summary>
    internal static IReadOnlyList<int> EmulatorProcessors(DomainDef machine) => [.. ThreadTuning.OfEmulator(machine).Processors?.Members ?? []];

    static void Place(StartRun run, IReadOnlyList<Monitor.Commands.IoThread> iothreads)
    {
        DomainDef machine = run.Placed;
        var anywhere = new Lazy<IReadOnlyList<int>>(static () => new HostCpus(new HostTree()).Online);
        if (AreApart(run.Cpus, run.Process!.Pid))
        {
            foreach (CpuThread cpu in run.Cpus)
                Place(run.Cgroup, $"vcpu{cpu.Index}", cpu.ThreadId, ThreadTuning.OfVcpu(machine, cpu.Index), anywhere);
        }
        else if (run.Cpus.Any(cpu => ThreadTuning.OfVcpu(machine, cpu.Index).Processors is { } pin && !pin.Equals(machine.Vcpu?.CpuSet)))
            throw QemuErrors.Invalid("cpu affinity is not supported");
        foreach (var thread in iothreads)
            if (thread.Id.StartsWith("iothread", StringComparison.Ordinal) && int.TryParse(thread.Id.AsSpan("iothread".Length), out int number))
                Place(run.Cgroup, thread.Id, thread.ThreadId, ThreadTuning.OfIoThread(machine, number), anywhere);
        if (ThreadTuning.OfEmulator(machine) is { Policy: { } policy, Priority: var priority })
            HostThreads.Schedule(run.Process.Pid, policy, priority);
    }

    /// <summary>Puts the thread of a vCPU that came to a running machine into its place.</summary>
    internal static void PlaceVcpu(MachineCgroup? cgroup, DomainDef machine, int number, int thread) =>
        Place(cgroup, $"vcpu{number}", thread, ThreadTuning.OfVcpu(machine, number), new Lazy<IReadOnlyList<int>>(static () => new HostCpus(new HostTree()).Online));

    /// <summary>Puts an iothread that came to a running machine into its place.</summary>
    internal static void PlaceIoThread(MachineCgroup? cgroup, DomainDef machine, int number, int thread) =>
        Place(cgroup, $"iothread{number}", thread, ThreadTuning.OfIoThread(machine, number), new Lazy<IReadOnlyList<int>>(static () => new HostCpus(new HostTree()).Online));

    // TCG can run all vCPUs in one thread, or in QEMU's own: then there is nothing to place.
    static bool AreApart(IReadOnlyList<CpuThread> cpus, int process) =>
        cpus.All(cpu => cpu.ThreadId > 0 && cpu.ThreadId != process) && cpus.DistinctBy(static cpu => cpu.ThreadId).Count() == cpus.Count;

    static void Place(MachineCgroup? cgroup, string name, int thread, ThreadTuning tuning, Lazy<IReadOnlyList<int>> anywhere)
    {
        Limit(cgroup, name, tuning)?.AddThread(thread);
        // Threads inherit the emulator's place: whoever has none of its own goes back to all of the host.
        IEnumerable<int> processors = tuning.Processors?.Members ?? anywhere.Value;
        int errno = HostThreads.Pin(thread, processors);
        if (errno is not (0 or Gone or NotPermitted) && tuning.Processors is not null)
            throw VireoException.System(ErrorDomain.Qemu, errno, $"cannot set CPU affinity on process {thread}");
        if (tuning.Policy is { } policy)
            HostThreads.Schedule(thread, policy, tuning.Priority);
    }

    /// <summary>Gives the group of some threads its limits.</summary>
    /// <returns>The group; null: the host has none for us.</returns>
    internal static ControlGroup? Limit(MachineCgroup? cgroup, string name, ThreadTuning tuning)
    {
        ControlGroup? group = cgroup?.Threads(name);
        if ((tuning.Period ?? (ulong?)tuning.Quota) is not null && (group is null || (group.Controllers & CgroupControllers.Cpu) == 0))
            throw QemuErrors.Unsupported("cgroup cpu is required for scheduler tuning");
        if (group is null)
            return null;
        if ((group.Controllers & CgroupControllers.CpuSet) != 0)
            group.SetPlaces(tuning.Processors?.ToString(), tuning.Nodes?.ToString());
        group.SetBandwidth(tuning.Period, tuning.Quota);
        return group;
    }
}
