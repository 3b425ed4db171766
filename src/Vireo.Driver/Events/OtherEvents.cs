namespace Vireo.Driver;

/// <summary>Something that happened to a network.</summary>
public abstract record NetworkEvent
{
    /// <summary>To which.</summary>
    public abstract NetworkRef Network { get; init; }

    /// <summary>Which kind it is, for those who subscribe.</summary>
    public abstract NetworkEventId Kind { get; }
}

/// <summary>It was defined, started, stopped or undefined.</summary>
[Event(0, 315)]
public sealed record NetworkLifecycleEvent(NetworkRef Network, NetworkEventType Type, int Detail) : NetworkEvent
{
    /// <inheritdoc/>
    public override NetworkRef Network { get; init; } = Network;
    /// <inheritdoc/>
    public override NetworkEventId Kind => NetworkEventId.Lifecycle;
}

/// <summary>Something that happened to a storage pool.</summary>
public abstract record StoragePoolEvent
{
    /// <summary>To which.</summary>
    public abstract StoragePoolRef Pool { get; init; }

    /// <summary>Which kind it is, for those who subscribe.</summary>
    public abstract StoragePoolEventId Kind { get; }
}

/// <summary>It was defined, started, stopped and so on.</summary>
[Event(0, 370)]
public sealed record StoragePoolLifecycleEvent(StoragePoolRef Pool, StoragePoolEventType Type, int Detail) : StoragePoolEvent
{
    /// <inheritdoc/>
    public override StoragePoolRef Pool { get; init; } = Pool;
    /// <inheritdoc/>
    public override StoragePoolEventId Kind => StoragePoolEventId.Lifecycle;
}

/// <summary>Its volumes were looked at again.</summary>
[Event(1, 373)]
public sealed record StoragePoolRefreshEvent(StoragePoolRef Pool) : StoragePoolEvent
{
    /// <inheritdoc/>
    public override StoragePoolRef Pool { get; init; } = Pool;
    /// <inheritdoc/>
    public override StoragePoolEventId Kind => StoragePoolEventId.Refresh;
}

/// <summary>Something that happened to a node device.</summary>
public abstract record NodeDeviceEvent
{
    /// <summary>To which.</summary>
    public abstract NodeDeviceRef Device { get; init; }

    /// <summary>Which kind it is, for those who subscribe.</summary>
    public abstract NodeDeviceEventId Kind { get; }
}

/// <summary>It came, went, was defined or undefined.</summary>
[Event(0, 376)]
public sealed record NodeDeviceLifecycleEvent(NodeDeviceRef Device, NodeDeviceEventType Type, int Detail) : NodeDeviceEvent
{
    /// <inheritdoc/>
    public override NodeDeviceRef Device { get; init; } = Device;
    /// <inheritdoc/>
    public override NodeDeviceEventId Kind => NodeDeviceEventId.Lifecycle;
}

/// <summary>It changed.</summary>
[Event(1, 377)]
public sealed record NodeDeviceUpdateEvent(NodeDeviceRef Device) : NodeDeviceEvent
{
    /// <inheritdoc/>
    public override NodeDeviceRef Device { get; init; } = Device;
    /// <inheritdoc/>
    public override NodeDeviceEventId Kind => NodeDeviceEventId.Update;
}

/// <summary>Something that happened to a secret.</summary>
public abstract record SecretEvent
{
    /// <summary>To which.</summary>
    public abstract SecretRef Secret { get; init; }

    /// <summary>Which kind it is, for those who subscribe.</summary>
    public abstract SecretEventId Kind { get; }
}

/// <summary>It was defined or undefined.</summary>
[Event(0, 382)]
public sealed record SecretLifecycleEvent(SecretRef Secret, SecretEventType Type, int Detail) : SecretEvent
{
    /// <inheritdoc/>
    public override SecretRef Secret { get; init; } = Secret;
    /// <inheritdoc/>
    public override SecretEventId Kind => SecretEventId.Lifecycle;
}

/// <summary>It has another value.</summary>
[Event(1, 383)]
public sealed record SecretValueChangedEvent(SecretRef Secret) : SecretEvent
{
    /// <inheritdoc/>
    public override SecretRef Secret { get; init; } = Secret;
    /// <inheritdoc/>
    public override SecretEventId Kind => SecretEventId.ValueChanged;
}
