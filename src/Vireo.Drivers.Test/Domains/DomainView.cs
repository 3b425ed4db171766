using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Test.Checkpoints;
using Vireo.Drivers.Test.Guests;
using Vireo.Drivers.Test.Snapshots;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Test.Domains;

/// <summary>A domain at one moment. Readers take it as it is; a change publishes the next one.</summary>
sealed record DomainView
{
    /// <summary>As it is; of a running domain, as it was started and then changed.</summary>
    public required DomainDef Def { get; init; }

    /// <summary>Of a running domain, what it will be when it has stopped.</summary>
    public DomainDef? Next { get; init; }

    /// <summary>-1 unless it runs.</summary>
    public int Id { get; init; } = -1;

    /// <summary>Kept when it stops.</summary>
    public bool Persistent { get; init; }

    public bool Autostart { get; init; }

    public bool ManagedSave { get; init; }

    public DomainStateReason State { get; init; } = new(DomainState.ShutOff, (int)DomainShutoffReason.Unknown);

    public Moments<SnapshotDef> Snapshots { get; init; } = SnapshotMoments.None;

    public Moments<CheckpointDef> Checkpoints { get; init; } = CheckpointMoments.None;

    /// <summary>What only its guest knows.</summary>
    public GuestView Guest { get; init; } = GuestView.Fresh;

    /// <summary>What somebody should know about it: taints, then deprecations. Only domains of a node document have some.</summary>
    public DomainNotes Notes { get; init; } = DomainNotes.None;

    public string Name => Def.Name;

    public Uuid Uuid => Def.Uuid!.Value;

    public bool IsActive => Id >= 0;

    public DomainRef Ref => new(Name, Uuid, Id);

    /// <summary>What it will be at its next start.</summary>
    public DomainDef Config => Next ?? Def;

    /// <summary>vCPUs that are there now.</summary>
    public int Vcpus => (int)(Def.Vcpu?.Current ?? Def.Vcpu?.Maximum ?? 1);

    /// <summary>Memory that is there now, in KiB.</summary>
    public ulong Memory => Def.CurrentMemory?.KiB ?? Def.Memory?.KiB ?? 0;

    /// <summary>It runs, under a new id. What is changed now and shall stay is changed in <see cref="Next"/>.</summary>
    public DomainView Started(int id, DomainStateReason state) =>
        this with { Id = id, Def = Def with { Id = id }, Next = Next ?? Def with { Id = null }, State = state };

    /// <summary>It is off.</summary>
    public DomainView Stopped(DomainShutoffReason reason) =>
        this with { Id = -1, Def = Config with { Id = null }, Next = null, State = new(DomainState.ShutOff, (int)reason) };
}
