namespace Vireo.Driver;

/// <summary>A guest gave a network card another address.</summary>
[Event(27, 453, Since = "11.5.0")]
public sealed record DomainNicMacChangeEvent(DomainRef Domain, string Alias, string OldMac, string NewMac) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => (DomainEventId)27;
}

/// <summary>A vCPU is gone.</summary>
[Event(28, 454, Since = "12.4.0")]
public sealed record DomainVcpuRemovedEvent(DomainRef Domain, uint Vcpu) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => (DomainEventId)28;
}

/// <summary>Somebody in the guest opened or closed a channel.</summary>
[Event(29, 455, Since = "12.4.0")]
public sealed record DomainChannelLifecycleEvent(
    DomainRef Domain, string Channel, ChannelLifecycleState State, ChannelLifecycleReason Reason) : DomainEvent
{
    /// <inheritdoc/>
    public override DomainRef Domain { get; init; } = Domain;
    /// <inheritdoc/>
    public override DomainEventId Kind => (DomainEventId)29;
}

/// <summary>A network's title, description or metadata were changed.</summary>
[Event(1, 446, Since = "9.8.0")]
public sealed record NetworkMetadataChangeEvent(NetworkRef Network, NetworkMetadataType Type, string? NamespaceUri) : NetworkEvent
{
    /// <inheritdoc/>
    public override NetworkRef Network { get; init; } = Network;
    /// <inheritdoc/>
    public override NetworkEventId Kind => (NetworkEventId)1;
}
