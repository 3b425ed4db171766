namespace Vireo.Driver;

/// <summary>Which displays are meant (virDomainGraphicsReloadType).</summary>
public enum DomainGraphicsReloadType
{
    /// <summary>VIR_DOMAIN_GRAPHICS_RELOAD_TYPE_ANY, since libvirt 10.2.0.</summary>
    Any = 0,
    /// <summary>VIR_DOMAIN_GRAPHICS_RELOAD_TYPE_VNC, since libvirt 10.2.0.</summary>
    Vnc = 1,
}

/// <summary>What of a network's metadata is meant (virNetworkMetadataType).</summary>
public enum NetworkMetadataType
{
    /// <summary>VIR_NETWORK_METADATA_DESCRIPTION, since libvirt 9.7.0.</summary>
    Description = 0,
    /// <summary>VIR_NETWORK_METADATA_TITLE, since libvirt 9.7.0.</summary>
    Title = 1,
    /// <summary>VIR_NETWORK_METADATA_ELEMENT, since libvirt 9.7.0.</summary>
    Element = 2,
}

/// <summary>Which of a device's lives changes (virNodeDeviceUpdateFlags).</summary>
[Flags]
public enum NodeDeviceUpdateFlags : uint
{
    /// <summary>VIR_NODE_DEVICE_UPDATE_AFFECT_CURRENT, since libvirt 10.1.0.</summary>
    Current = 0,
    /// <summary>VIR_NODE_DEVICE_UPDATE_AFFECT_LIVE, since libvirt 10.1.0.</summary>
    Live = 1,
    /// <summary>VIR_NODE_DEVICE_UPDATE_AFFECT_CONFIG, since libvirt 10.1.0.</summary>
    Config = 2,
}

/// <summary>What became of a guest's channel (virConnectDomainEventChannelLifecycleState).</summary>
public enum ChannelLifecycleState
{
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_CHANNEL_LIFECYCLE_STATE_CONNECTED, since libvirt 12.4.0.</summary>
    Connected = 1,
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_CHANNEL_LIFECYCLE_STATE_DISCONNECTED, since libvirt 12.4.0.</summary>
    Disconnected = 2,
}

/// <summary>Why it did (virConnectDomainEventChannelLifecycleReason).</summary>
public enum ChannelLifecycleReason
{
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_CHANNEL_LIFECYCLE_REASON_UNKNOWN, since libvirt 12.4.0.</summary>
    Unknown = 0,
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_CHANNEL_LIFECYCLE_REASON_DOMAIN_STARTED, since libvirt 12.4.0.</summary>
    DomainStarted = 1,
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_CHANNEL_LIFECYCLE_REASON_CHANNEL, since libvirt 12.4.0.</summary>
    Channel = 2,
}
