using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>A domain in memory: what it is now, what it will be at its next start, and its state.</summary>
sealed class TestDomain(DomainDef def, bool persistent)
{
    /// <summary>As it is; of a running domain, as it was started.</summary>
    public DomainDef Def { get; set; } = def;

    /// <summary>A change that waits for the running domain to stop.</summary>
    public DomainDef? Next { get; set; }

    public string Name => Def.Name;

    public Uuid Uuid { get; } = def.Uuid ?? throw new ArgumentException("a domain needs a uuid", nameof(def));

    public int Id { get; private set; } = -1;

    public bool Persistent { get; set; } = persistent;

    public bool Autostart { get; set; }

    public bool ManagedSave { get; set; }

    /// <summary>Foreign metadata by the uri of its namespace.</summary>
    public Dictionary<string, string?> Metadata { get; } = [];

    /// <summary>vCPUs that are there now.</summary>
    public int Vcpus => (int)(Def.Vcpu?.Current ?? Def.Vcpu?.Maximum ?? 1);

    public DomainStateReason State { get; set; } = new(DomainState.ShutOff, (int)DomainShutoffReason.Unknown);

    public bool IsActive => Id >= 0;

    public DomainRef Ref => new(Name, Uuid, Id);

    /// <summary>Changes the running domain, the stored definition, or whichever of them is current.</summary>
    public void Edit(Func<DomainDef, DomainDef> edit, DomainModificationImpact flags)
    {
        bool config = flags.HasFlag(DomainModificationImpact.Config), live = flags.HasFlag(DomainModificationImpact.Live);
        if (!IsActive || live || !config)
            Def = edit(Def);
        if (IsActive && config)
            Next = edit(Next ?? Def);
    }

    public void Start(TestHost host, DomainRunningReason reason)
    {
        Id = host.TakeId();
        Def = Def with { Id = Id };
        State = new(DomainState.Running, (int)reason);
    }

    /// <summary>It is off; a transient one is gone.</summary>
    public void Stop(TestHost host, DomainShutoffReason reason)
    {
        Id = -1;
        Def = (Next ?? Def) with { Id = null };
        Next = null;
        State = new(DomainState.ShutOff, (int)reason);
        if (!Persistent)
            host.Domains.Remove(this);
    }

    public void Tell(TestHost host, DomainEventType type, int detail) =>
        host.DomainEvents.Raise(new DomainLifecycleEvent(Ref, type, detail));
}
