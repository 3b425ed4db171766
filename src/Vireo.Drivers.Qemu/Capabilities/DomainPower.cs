using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Start;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Documents;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Starting, stopping and pausing.</summary>
sealed class DomainPower(QemuConnection connection) : IDomainPower, IDomainReset, IDomainPause
{
    const DomainCreateFlags KnownCreate = DomainCreateFlags.StartPaused | DomainCreateFlags.StartAutodestroy | DomainCreateFlags.StartValidate
        | DomainCreateFlags.StartBypassCache | DomainCreateFlags.StartForceBoot;

    QemuKeeper Keeper => connection.Keeper;

    public async ValueTask<DomainRef> CreateTransientAsync(string xml, DomainCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainCreateFlags.StartPaused | DomainCreateFlags.StartAutodestroy | DomainCreateFlags.StartValidate, "qemuDomainCreateXML");
        if (flags.HasFlag(DomainCreateFlags.StartValidate)) DocumentKinds.Domain.Validate(xml);
        var (def, facts) = await Keeper.ReadAsync(xml, cancel).ConfigureAwait(false);
        await using var claim = await Keeper.Machines
            .ClaimAsync(def.Name, def.Uuid!.Value, ClaimFor.Start, connection.As("DomainCreateXML"), cancel).ConfigureAwait(false);
        claim.Publish();
        try
        {
            await UntilGivenUpAsync(claim.Job, both => StartFlow.RunAsync(Keeper, claim.Machine, def, facts, Wishes(flags), both), cancel).ConfigureAwait(false);
        }
        catch
        {
            if (!claim.Machine.Snapshot.IsPersistent) Keeper.Machines.Remove(claim.Machine);
            throw;
        }
        return claim.Machine.Snapshot.Ref;
    }

    public async ValueTask<DomainRef> CreateAsync(DomainRef domain, DomainCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(KnownCreate, "qemuDomainCreateWithFlags");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainCreateWithFlags"), cancel).ConfigureAwait(false);
        job.RequireOff();
        var def = job.Snapshot.Persistent ?? throw QemuErrors.Transient("start");
        var facts = await Keeper.FactsForAsync(def, cancel).ConfigureAwait(false);
        await UntilGivenUpAsync(job, both => RestoreIn.StartDefinedAsync(
            Keeper, machine, def, facts, flags.HasFlag(DomainCreateFlags.StartForceBoot), flags.HasFlag(DomainCreateFlags.StartBypassCache), Wishes(flags), both), cancel).ConfigureAwait(false);
        return machine.Snapshot.Ref;
    }

    // Whoever destroys a machine that starts does not wait for storage that never answers.
    static async ValueTask UntilGivenUpAsync(QemuJob job, Func<CancellationToken, ValueTask> start, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        try
        {
            await start(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (job.Interrupted.IsCancellationRequested)
        {
            throw new VireoException(ErrorCode.OperationAborted, ErrorDomain.Qemu, $"start of domain '{job.Machine.Name}' was given up: it was destroyed", e);
        }
    }

    StartWishes Wishes(DomainCreateFlags flags) => new(
        flags.HasFlag(DomainCreateFlags.StartPaused), flags.HasFlag(DomainCreateFlags.StartAutodestroy) ? connection : null);

    public ValueTask DestroyAsync(DomainRef domain, DomainDestroyFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainDestroyFlags.Graceful | DomainDestroyFlags.RemoveLogs, "qemuDomainDestroyFlags");
        return Keeper.DestroyAsync(
            connection.Get(domain), connection.As("DomainDestroyFlags"), flags.HasFlag(DomainDestroyFlags.Graceful), cancel);
    }

    public ValueTask ShutdownAsync(DomainRef domain, DomainShutdownFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainShutdownFlags.AcpiPowerBtn | DomainShutdownFlags.GuestAgent, "qemuDomainShutdownFlags");
        return AskToEndAsync(domain, flags.HasFlag(DomainShutdownFlags.GuestAgent), flags.HasFlag(DomainShutdownFlags.AcpiPowerBtn), reboot: false, "DomainShutdownFlags", cancel);
    }

    public ValueTask RebootAsync(DomainRef domain, DomainRebootFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainRebootFlags.AcpiPowerBtn | DomainRebootFlags.GuestAgent, "qemuDomainReboot");
        return AskToEndAsync(domain, flags.HasFlag(DomainRebootFlags.GuestAgent), flags.HasFlag(DomainRebootFlags.AcpiPowerBtn), reboot: true, "DomainReboot", cancel);
    }

    // By the agent if it is there and nobody wants the button, else by the button; the button too where the agent fails and nobody wants it alone.
    async ValueTask AskToEndAsync(DomainRef domain, bool agent, bool button, bool reboot, string operation, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        if (!reboot && !machine.Snapshot.IsActive)
            throw QemuErrors.Invalid("domain is not running");      // libvirt's driver says this of itself
        if (agent || !button && AgentLine.IsThere(machine.Snapshot))
        {
            try
            {
                await new GuestEnd(connection).RunAsync(machine, reboot, cancel).ConfigureAwait(false);
                return;
            }
            catch (VireoException) when (!agent || button)
            {
                // The button is still there.
            }
        }
        await using var job = await machine.EnterAsync(Job.Modify, connection.As(operation), cancel).ConfigureAwait(false);
        var live = job.RequireLive();
        live.FakeReboot = reboot;
        Keeper.Save(machine);
        await job.AskAsync(new SystemPowerdown(), cancel).ConfigureAwait(false);
    }

    public async ValueTask ResetAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0) throw QemuErrors.UnknownFlags("qemuDomainReset", flags);
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainReset"), cancel).ConfigureAwait(false);
        var live = job.RequireLive();
        await job.AskAsync(new SystemReset(), cancel).ConfigureAwait(false);
        live.FakeReboot = false;
        if (machine.Snapshot.State == DomainState.Crashed)
            machine.Commit(s => s with { Condition = Condition.Paused(DomainPausedReason.Crashed) });
        Keeper.Save(machine);
    }

    public async ValueTask SuspendAsync(DomainRef domain, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Suspend, connection.As("DomainSuspend"), cancel).ConfigureAwait(false);
        var live = job.RequireLive();
        switch (machine.Snapshot.State)
        {
            case DomainState.PmSuspended: throw QemuErrors.PmSuspended();
            case DomainState.Paused: return;
        }
        live.PausingFor = DomainPausedReason.User;
        try
        {
            await job.AskAsync(new Stop(), cancel).ConfigureAwait(false);
        }
        catch (QmpRefusal)
        {
            live.PausingFor = DomainPausedReason.Unknown;
            throw;
        }
        Keeper.Save(machine);
    }

    public async ValueTask ResumeAsync(DomainRef domain, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainResume"), cancel).ConfigureAwait(false);
        var live = job.RequireLive();
        switch (machine.Snapshot.State)
        {
            case DomainState.PmSuspended: throw QemuErrors.PmSuspended();
            case DomainState.Running: throw QemuErrors.Invalid("domain is already running");
        }
        live.RunningFor = DomainRunningReason.Unpaused;
        await job.AskAsync(new Cont(), cancel).ConfigureAwait(false);
        Keeper.Save(machine);
    }
}
