using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Starting, stopping, pausing. Guests do at once whatever they are asked to.</summary>
sealed class DomainPower(TestHost host) : IDomainPower, IDomainReset, IDomainPause
{
    public ValueTask<DomainRef> CreateTransientAsync(string xml, DomainCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainCreateFlags.StartValidate, "testDomainCreateXML");
        if (flags.HasFlag(DomainCreateFlags.StartValidate)) DocumentKinds.Domain.Validate(xml);
        DomainDef def = TestDefaults.Complete(DomainDef.Parse(xml));
        lock (host.Gate)
        {
            TestDomain domain = DomainDefinitions.Place(host, def, live: true);
            Boot(domain);
            return new(domain.Ref);
        }
    }

    public ValueTask<DomainRef> CreateAsync(DomainRef domain, DomainCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainCreateFlags.StartForceBoot, "testDomainCreateWithFlags");
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            if (found.IsActive)
                throw VireoException.Internal(ErrorDomain.Test, $"Domain '{found.Name}' is already running");
            found.ManagedSave = false;
            Boot(found);
            return new(found.Ref);
        }
    }

    void Boot(TestDomain domain)
    {
        domain.Start(host, DomainRunningReason.Booted);
        domain.Tell(host, DomainEventType.Started, (int)DomainEventStartedDetail.Booted);
    }

    public ValueTask DestroyAsync(DomainRef domain, DomainDestroyFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainDestroyFlags.Graceful, "testDomainDestroyFlags");
        lock (host.Gate)
            Stop(host.GetRunning(domain), DomainShutoffReason.Destroyed, DomainEventStoppedDetail.Destroyed);
        return default;
    }

    public ValueTask ShutdownAsync(DomainRef domain, DomainShutdownFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainShutdownFlags.Default, "testDomainShutdownFlags");
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            if (!found.IsActive)
                throw VireoException.Internal(ErrorDomain.Test, $"domain '{found.Name}' not running");
            if (found.Def.OnPoweroff is LifecycleAction.Restart or LifecycleAction.RenameRestart)
                found.State = new(DomainState.Running, (int)DomainRunningReason.Booted);
            else
                Stop(found, DomainShutoffReason.Shutdown, DomainEventStoppedDetail.Shutdown);
        }
        return default;
    }

    public ValueTask RebootAsync(DomainRef domain, DomainRebootFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainRebootFlags.AcpiPowerBtn | DomainRebootFlags.GuestAgent | DomainRebootFlags.Initctl | DomainRebootFlags.Signal
            | DomainRebootFlags.Paravirt, "testDomainReboot");
        lock (host.Gate)
        {
            TestDomain found = host.GetRunning(domain);
            if (found.Def.OnReboot is LifecycleAction.Destroy or LifecycleAction.Preserve)
                Stop(found, DomainShutoffReason.Shutdown, DomainEventStoppedDetail.Shutdown);
            else
                found.State = new(DomainState.Running, (int)DomainRunningReason.Booted);
        }
        return default;
    }

    void Stop(TestDomain domain, DomainShutoffReason reason, DomainEventStoppedDetail detail)
    {
        domain.Stop(host, reason);
        domain.Tell(host, DomainEventType.Stopped, (int)detail);
    }

    public ValueTask ResetAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainReset");
        lock (host.Gate)
            host.GetRunning(domain);
        return default;
    }

    public ValueTask SuspendAsync(DomainRef domain, CancellationToken cancel)
    {
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            if (found.State.State is DomainState.ShutOff or DomainState.Paused)
                throw VireoException.Internal(ErrorDomain.Test, $"domain '{found.Name}' not running");
            found.State = new(DomainState.Paused, (int)DomainPausedReason.User);
            found.Tell(host, DomainEventType.Suspended, (int)DomainEventSuspendedDetail.Paused);
        }
        return default;
    }

    public ValueTask ResumeAsync(DomainRef domain, CancellationToken cancel)
    {
        lock (host.Gate)
        {
            TestDomain found = host.Get(domain);
            if (found.State.State is not DomainState.Paused)
                throw VireoException.Internal(ErrorDomain.Test, $"domain '{found.Name}' not paused");
            found.State = new(DomainState.Running, (int)DomainRunningReason.Unpaused);
            found.Tell(host, DomainEventType.Resumed, (int)DomainEventResumedDetail.Unpaused);
        }
        return default;
    }
}
