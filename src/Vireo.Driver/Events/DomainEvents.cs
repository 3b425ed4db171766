using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Something that happened to a domain.</summary>
public abstract record DomainEvent
{
    /// <summary>To which.</summary>
    public abstract DomainRef Domain { get; init; }

    /// <summary>Which kind it is, for those who subscribe.</summary>
    public abstract DomainEventId Kind { get; }
}

/// <summary>It was defined, started, stopped and so on; the detail is a number of the type's own enum.</summary>
[Event(0, 318, Older = 107)]
public sealed record DomainLifecycleEvent(DomainRef Domain, DomainEventType Type, int Detail) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.Lifecycle;
}

/// <summary>The guest rebooted.</summary>
[Event(1, 319, Older = 169)]
public sealed record DomainRebootEvent(DomainRef Domain) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.Reboot;
}

/// <summary>The guest set its clock; the offset from UTC in seconds.</summary>
[Event(2, 320, Older = 170)]
public sealed record DomainRtcChangeEvent(DomainRef Domain, long Offset) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.RtcChange;
}

/// <summary>The watchdog bit.</summary>
[Event(3, 321, Older = 171)]
public sealed record DomainWatchdogEvent(DomainRef Domain, DomainEventWatchdogAction Action) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.Watchdog;
}

/// <summary>A disk failed.</summary>
[Event(4, 322, Older = 172)]
public sealed record DomainIoErrorEvent(
    DomainRef Domain, string Source, string Alias, DomainEventIoErrorAction Action) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.IoError;
}

/// <summary>A display client came, logged in or left.</summary>
[Event(5, 323, Older = 173)]
public sealed record DomainGraphicsEvent(
    DomainRef Domain, DomainEventGraphicsPhase Phase, GraphicsAddress Local, GraphicsAddress Remote, string AuthScheme, [Bound(20)] GraphicsIdentity[] Subject) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.Graphics;
}

/// <summary>A disk failed, and why.</summary>
[Event(6, 324, Older = 195)]
public sealed record DomainIoErrorReasonEvent(
    DomainRef Domain, string Source, string Alias, DomainEventIoErrorAction Action, string Reason) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.IoErrorReason;
}

/// <summary>The hypervisor can no longer be talked to.</summary>
[Event(7, 325, Older = 224)]
public sealed record DomainControlErrorEvent(DomainRef Domain) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.ControlError;
}

/// <summary>A block job ended or is ready, by source path.</summary>
[Event(8, 326, Older = 241)]
public sealed record DomainBlockJobEvent(
    DomainRef Domain, string Disk, DomainBlockJobType Type, BlockJobStatus Status) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.BlockJob;
}

/// <summary>A disk has another source.</summary>
[Event(9, 327, Older = 248)]
public sealed record DomainDiskChangeEvent(
    DomainRef Domain, string? OldSource, string? NewSource, string Alias, DiskChangeReason Reason) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.DiskChange;
}

/// <summary>A tray was opened or closed.</summary>
[Event(10, 328, Older = 268)]
public sealed record DomainTrayChangeEvent(DomainRef Domain, string Alias, TrayChangeReason Reason) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.TrayChange;
}

/// <summary>The guest woke up.</summary>
[Event(11, 329, Older = 269)]
public sealed record DomainPmWakeupEvent([NotInOlder] int Reason, DomainRef Domain) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.PmWakeup;
}

/// <summary>The guest went to sleep in memory.</summary>
[Event(12, 330, Older = 270)]
public sealed record DomainPmSuspendEvent([NotInOlder] int Reason, DomainRef Domain) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.PmSuspend;
}

/// <summary>The balloon was blown up or let down; memory in KiB.</summary>
[Event(13, 331, Older = 276)]
public sealed record DomainBalloonChangeEvent(DomainRef Domain, ulong Actual) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.BalloonChange;
}

/// <summary>The guest went to sleep on disk.</summary>
[Event(14, 332, Older = 292)]
public sealed record DomainPmSuspendDiskEvent([NotInOlder] int Reason, DomainRef Domain) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.PmSuspendDisk;
}

/// <summary>A device is gone.</summary>
[Event(15, 333, Older = 311)]
public sealed record DomainDeviceRemovedEvent(DomainRef Domain, string Alias) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.DeviceRemoved;
}

/// <summary>A block job ended or is ready, by target name.</summary>
[Event(16, 339)]
public sealed record DomainBlockJob2Event(
    DomainRef Domain, string Target, DomainBlockJobType Type, BlockJobStatus Status) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.BlockJob2;
}

/// <summary>A parameter was changed.</summary>
[Event(17, 346)]
public sealed record DomainTunableEvent(DomainRef Domain, [Bound(2048)] TypedParameter[] Parameters) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.Tunable;
}

/// <summary>The guest's agent came or left.</summary>
[Event(18, 348)]
public sealed record DomainAgentLifecycleEvent(
    DomainRef Domain, AgentLifecycleState State, AgentLifecycleReason Reason) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.AgentLifecycle;
}

/// <summary>A device is there.</summary>
[Event(19, 354)]
public sealed record DomainDeviceAddedEvent(DomainRef Domain, string Alias) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.DeviceAdded;
}

/// <summary>A migration began another round.</summary>
[Event(20, 359)]
public sealed record DomainMigrationIterationEvent(DomainRef Domain, int Iteration) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.MigrationIteration;
}

/// <summary>A job ended.</summary>
[Event(21, 363)]
public sealed record DomainJobCompletedEvent(DomainRef Domain, [Bound(64)] TypedParameter[] Parameters) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.JobCompleted;
}

/// <summary>The guest keeps a device.</summary>
[Event(22, 367)]
public sealed record DomainDeviceRemovalFailedEvent(DomainRef Domain, string Alias) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.DeviceRemovalFailed;
}

/// <summary>Title, description or metadata were changed.</summary>
[Event(23, 379)]
public sealed record DomainMetadataChangeEvent(DomainRef Domain, DomainMetadataType Type, string? NamespaceUri) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.MetadataChange;
}

/// <summary>A disk grew beyond a threshold.</summary>
[Event(24, 385)]
public sealed record DomainBlockThresholdEvent(
    DomainRef Domain, string Device, string? Path, ulong Threshold, ulong Excess) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.BlockThreshold;
}

/// <summary>Memory broke.</summary>
[Event(25, 423)]
public sealed record DomainMemoryFailureEvent(
    DomainRef Domain, MemoryFailureRecipient Recipient, MemoryFailureAction Action, MemoryFailureFlags Flags) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.MemoryFailure;
}

/// <summary>A memory device has another size.</summary>
[Event(26, 438)]
public sealed record DomainMemoryDeviceSizeChangeEvent(DomainRef Domain, string Alias, ulong Size) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => DomainEventId.MemoryDeviceSizeChange;
}

/// <summary>One end of a display connection.</summary>
public readonly record struct GraphicsAddress(DomainEventGraphicsAddressType Family, string Node, string Service);

/// <summary>Who logged in to a display.</summary>
public readonly record struct GraphicsIdentity(string Type, string Name);
