using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Starting, stopping, pausing. Guests do at once whatever they are asked to.</summary>
sealed class DomainPower(TestHost host) : DomainWork(host), IDomainPower, IDomainStartWithFiles, IDomainReset, IDomainPause
{
    public ValueTask<DomainRef> CreateTransientAsync(string xml, DomainCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainCreateFlags.StartValidate, "testDomainCreateXML");
        if (flags.HasFlag(DomainCreateFlags.StartValidate)) DocumentKinds.Domain.Validate(xml);
        DomainDef def = TestDefaults.Complete(DomainDef.Parse(xml));
        lock (Host.Gate)
        {
            TestDomain domain = DomainDefinitions.Place(Host, def, live: true);
            domain.Boot(Host);
            return new(domain.Now.Ref);
        }
    }

    public ValueTask<DomainRef> CreateAsync(DomainRef domain, DomainCreateFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testDomainCreateWithFlags");
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            if (found.Now.IsActive)
                throw VireoException.Internal(ErrorDomain.Test, $"Domain '{found.Now.Name}' is already running");
            found.Become(found.Now with { ManagedSave = false });
            found.Boot(Host);
            return new(found.Now.Ref);
        }
    }

    public ValueTask<DomainRef> CreateTransientWithFilesAsync(string xml, DomainCreateFlags flags, SafeFileHandle[] files, CancellationToken cancel) =>
        CreateTransientAsync(xml, flags, cancel);

    public ValueTask<DomainRef> CreateWithFilesAsync(DomainRef domain, DomainCreateFlags flags, SafeFileHandle[] files, CancellationToken cancel) =>
        CreateAsync(domain, flags, cancel);

    public ValueTask DestroyAsync(DomainRef domain, DomainDestroyFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainDestroyFlags.Graceful, "testDomainDestroyFlags");
        lock (Host.Gate)
            Host.GetRunning(domain).Stop(Host, DomainShutoffReason.Destroyed, DomainEventStoppedDetail.Destroyed);
        return default;
    }

    public ValueTask ShutdownAsync(DomainRef domain, DomainShutdownFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainShutdownFlags.Default, "testDomainShutdownFlags");
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            if (!found.Now.IsActive)
                throw VireoException.Internal(ErrorDomain.Test, $"domain '{found.Now.Name}' not running");
            found.PowerOff(Host, found.Now.Def.OnPoweroff);
        }
        return default;
    }

    public ValueTask RebootAsync(DomainRef domain, DomainRebootFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainRebootFlags.AcpiPowerBtn | DomainRebootFlags.GuestAgent | DomainRebootFlags.Initctl | DomainRebootFlags.Signal
            | DomainRebootFlags.Paravirt, "testDomainReboot");
        lock (Host.Gate)
        {
            TestDomain found = Host.GetRunning(domain);
            found.PowerOff(Host, found.Now.Def.OnReboot);
        }
        return default;
    }

    public ValueTask ResetAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainReset");
        SeeRunning(domain);
        return default;
    }

    public ValueTask SuspendAsync(DomainRef domain, CancellationToken cancel)
    {
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            if (found.Now.State.State is DomainState.ShutOff or DomainState.Paused)
                throw VireoException.Internal(ErrorDomain.Test, $"domain '{found.Now.Name}' not running");
            found.Enter(DomainState.Paused, (int)DomainPausedReason.User);
            found.Tell(Host, DomainEventType.Suspended, (int)DomainEventSuspendedDetail.Paused);
        }
        return default;
    }

    public ValueTask ResumeAsync(DomainRef domain, CancellationToken cancel)
    {
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            if (found.Now.State.State is not DomainState.Paused)
                throw VireoException.Internal(ErrorDomain.Test, $"domain '{found.Now.Name}' not paused");
            found.Enter(DomainState.Running, (int)DomainRunningReason.Unpaused);
            found.Tell(Host, DomainEventType.Resumed, (int)DomainEventResumedDetail.Unpaused);
        }
        return default;
    }
}
