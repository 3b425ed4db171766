using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>A domain in memory. Its present is read without waiting for anybody; changes are made one at a time, under the host's gate.</summary>
sealed class TestDomain(DomainView first)
{
    volatile DomainView now = first;

    /// <summary>The last view that was published.</summary>
    public DomainView Now => now;

    public Uuid Uuid { get; } = first.Uuid;

    /// <summary>Publishes a change. Whoever calls holds the host's gate.</summary>
    public DomainView Become(DomainView next) => now = next;

    /// <summary>Changes the running domain, the stored definition, both, or whichever of them is current.</summary>
    public void Edit(DomainModificationImpact impact, Func<DomainDef, DomainDef> edit)
    {
        (bool live, bool config) = DomainImpact.Of(now, impact);
        // Both are made before either is published.
        DomainDef? running = live ? edit(now.Def) : null, stored = config ? edit(now.Config) : null;
        Become(!now.IsActive ? now with { Def = stored ?? now.Def } : now with { Def = running ?? now.Def, Next = stored ?? now.Next });
    }

    public void Tell(TestHost host, DomainEventType type, int detail) => host.DomainEvents.Raise(new DomainLifecycleEvent(now.Ref, type, detail));
}

/// <summary>Which definition a call means.</summary>
static class DomainImpact
{
    /// <summary>Whether the running domain, the stored definition or both are meant; whichever is current if neither is said.</summary>
    /// <exception cref="Vireo.Core.Errors.VireoException">OperationInvalid for what is not there.</exception>
    public static (bool Live, bool Config) Of(DomainView domain, DomainModificationImpact impact)
    {
        bool live = impact.HasFlag(DomainModificationImpact.Live), config = impact.HasFlag(DomainModificationImpact.Config);
        if (!live && !config)
            (live, config) = (domain.IsActive, !domain.IsActive);
        if (live && !domain.IsActive)
            throw TestErrors.NotRunning();
        if (config && !domain.Persistent)
            throw TestErrors.NotPersistent();
        return (live, config);
    }

    /// <summary>The one definition that a look means.</summary>
    public static DomainDef One(DomainView domain, DomainModificationImpact impact) => Of(domain, impact).Config ? domain.Config : domain.Def;

    /// <summary>The part of a function's own flags that says which definition is meant.</summary>
    public static DomainModificationImpact From<T>(T flags) where T : unmanaged, Enum =>
        (DomainModificationImpact)(System.Runtime.CompilerServices.Unsafe.BitCast<T, uint>(flags) & 3);
}
