using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Domains;

/// <summary>Saved state that the next start picks up. There is nothing to save but that it was.</summary>
sealed class DomainManagedSave(TestHost host) : DomainWork(host), IDomainManagedSave, IDomainManagedSaveImage
{
    public ValueTask<bool> HasManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainHasManagedSaveImage");
        return new(See(domain).ManagedSave);
    }

    public ValueTask ManagedSaveAsync(DomainRef domain, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        TestErrors.NotTogether(flags,
            DomainSaveRestoreFlags.Running, "VIR_DOMAIN_SAVE_RUNNING", DomainSaveRestoreFlags.Paused, "VIR_DOMAIN_SAVE_PAUSED", "virDomainManagedSave");
        flags.Only(DomainSaveRestoreFlags.BypassCache | DomainSaveRestoreFlags.Running | DomainSaveRestoreFlags.Paused, "testDomainManagedSave");
        lock (Host.Gate)
        {
            TestDomain found = Host.GetRunning(domain);
            if (!found.Now.Persistent)
                throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot do managed save for transient domain");
            found.Stop(Host, DomainShutoffReason.Saved, DomainEventStoppedDetail.Saved);
            found.Become(found.Now with { ManagedSave = true });
        }
        return default;
    }

    public ValueTask RemoveManagedSaveAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainManagedSaveRemove");
        return Change(domain, known => known with { ManagedSave = false });
    }
}
