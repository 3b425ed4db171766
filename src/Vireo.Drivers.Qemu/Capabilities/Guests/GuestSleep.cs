using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Guests that are put to sleep by their agents, and woken.</summary>
sealed class GuestSleep(QemuConnection connection) : AgentWork(connection), IDomainSleep
{
    public async ValueTask SuspendForDurationAsync(DomainRef domain, NodeSuspendTarget target, ulong duration, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainPMSuspendForDuration", flags);
        if (duration != 0)
            throw QemuErrors.ArgumentUnsupported("Duration not supported. Use 0 for now");
        if (!Enum.IsDefined(target))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"Unknown suspend target: {(uint)target}");
        var machine = Connection.Get(domain);
        AgentLine.PathOf(machine.Snapshot);
        PowerManagement? power = machine.Snapshot.Live?.Pm;
        if (target is NodeSuspendTarget.Memory or NodeSuspendTarget.Hybrid && power?.SuspendToMem is false)
            throw QemuErrors.Invalid("S3 state is disabled for this domain");
        if (target is NodeSuspendTarget.Disk or NodeSuspendTarget.Hybrid && power?.SuspendToDisk is false)
            throw QemuErrors.Invalid("S4 state is disabled for this domain");
        var live = machine.Live ?? throw QemuErrors.Invalid("domain is not running");
        using var toMemory = live.Monitor.Expect<SuspendEvent>(static _ => true);
        using var toDisk = live.Monitor.Expect<SuspendDiskEvent>(static _ => true);
        await UntilAsync(AskAsync(machine, new GuestSuspend(target switch { NodeSuspendTarget.Memory => "ram", NodeSuspendTarget.Disk => "disk", _ => "hybrid" }), cancel),
            toMemory.Happened, toDisk.Happened).ConfigureAwait(false);
    }

    /// <summary>Waits for an answer, or for what an agent that does as it is told may not be there any more to tell.</summary>
    internal static async Task UntilAsync(Task answer, params Task[] happened)
    {
        Task first = await Task.WhenAny([answer, .. happened]).ConfigureAwait(false);
        if (ReferenceEquals(first, answer))
            await answer.ConfigureAwait(false);
        else
            _ = answer.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask WakeUpAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainPMWakeup", flags);
        await using var job = await Connection.Get(domain).EnterAsync(Job.Modify, Connection.As("DomainPMWakeup"), cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsActive)
            throw Hypervisor.Machines.MachineErrors.NotRunning();
        await job.AskAsync(new SystemWakeup(), cancel).ConfigureAwait(false);
    }
}
