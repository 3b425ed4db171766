using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What happens to domains, with the events that tell of it. Whoever calls holds the host's gate.</summary>
static class Lives
{
    /// <summary>Starts an inactive domain.</summary>
    public static void Start(this TestDomain domain, TestHost host, DomainRunningReason reason) =>
        host.Domains.Become(domain, domain.Now.Started(host.TakeId(), new(DomainState.Running, (int)reason)));

    /// <summary>Starts an inactive domain and says so.</summary>
    public static void Boot(this TestDomain domain, TestHost host)
    {
        domain.Start(host, DomainRunningReason.Booted);
        domain.Tell(host, DomainEventType.Started, (int)DomainEventStartedDetail.Booted);
    }

    /// <summary>Stops a running domain; a transient one is gone.</summary>
    public static void Stop(this TestDomain domain, TestHost host, DomainShutoffReason reason)
    {
        host.Domains.Become(domain, domain.Now.Stopped(reason));
        if (!domain.Now.Persistent)
            host.Domains.Remove(domain);
    }

    /// <summary>Stops a running domain and says so.</summary>
    public static void Stop(this TestDomain domain, TestHost host, DomainShutoffReason reason, DomainEventStoppedDetail detail)
    {
        DomainView before = domain.Now;
        domain.Stop(host, reason);
        // A transient domain is spoken of by the id that it had.
        host.DomainEvents.Raise(new DomainLifecycleEvent(before.Persistent ? domain.Now.Ref : before.Ref, DomainEventType.Stopped, (int)detail));
    }

    /// <summary>Changes the state of a running domain.</summary>
    public static void Enter(this TestDomain domain, DomainState state, int reason) => domain.Become(domain.Now with { State = new(state, reason) });

    /// <summary>A guest that shuts itself down: its definition says what becomes of the domain.</summary>
    public static void PowerOff(this TestDomain domain, TestHost host, LifecycleAction? action)
    {
        if (action is LifecycleAction.Restart or LifecycleAction.RenameRestart)
            domain.Enter(DomainState.Running, (int)DomainRunningReason.Booted);
        else
            domain.Stop(host, DomainShutoffReason.Shutdown, DomainEventStoppedDetail.Shutdown);
    }
}
