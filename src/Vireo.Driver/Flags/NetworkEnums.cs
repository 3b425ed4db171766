namespace Vireo.Driver;

/// <summary>virConnectListAllNetworksFlags.</summary>
[Flags]
public enum ListNetworksFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_LIST_NETWORKS_INACTIVE, since libvirt 0.10.2.</summary>
    Inactive = 1,
    /// <summary>VIR_CONNECT_LIST_NETWORKS_ACTIVE, since libvirt 0.10.2.</summary>
    Active = 2,
    /// <summary>VIR_CONNECT_LIST_NETWORKS_PERSISTENT, since libvirt 0.10.2.</summary>
    Persistent = 4,
    /// <summary>VIR_CONNECT_LIST_NETWORKS_TRANSIENT, since libvirt 0.10.2.</summary>
    Transient = 8,
    /// <summary>VIR_CONNECT_LIST_NETWORKS_AUTOSTART, since libvirt 0.10.2.</summary>
    Autostart = 0x10,
    /// <summary>VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART, since libvirt 0.10.2.</summary>
    NoAutostart = 0x20,
}

/// <summary>virNetworkXMLFlags.</summary>
[Flags]
public enum NetworkXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NETWORK_XML_INACTIVE, since libvirt 0.9.10.</summary>
    Inactive = 1,
}

/// <summary>virNetworkCreateFlags.</summary>
[Flags]
public enum NetworkCreateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NETWORK_CREATE_VALIDATE, since libvirt 7.8.0.</summary>
    Validate = 1,
}

/// <summary>virNetworkDefineFlags.</summary>
[Flags]
public enum NetworkDefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NETWORK_DEFINE_VALIDATE, since libvirt 7.7.0.</summary>
    Validate = 1,
}

/// <summary>virNetworkUpdateCommand.</summary>
public enum NetworkUpdateCommand
{
    /// <summary>VIR_NETWORK_UPDATE_COMMAND_NONE, since libvirt 0.10.2.</summary>
    None = 0,
    /// <summary>VIR_NETWORK_UPDATE_COMMAND_MODIFY, since libvirt 0.10.2.</summary>
    Modify = 1,
    /// <summary>VIR_NETWORK_UPDATE_COMMAND_DELETE, since libvirt 0.10.2.</summary>
    Delete = 2,
    /// <summary>VIR_NETWORK_UPDATE_COMMAND_ADD_LAST, since libvirt 0.10.2.</summary>
    AddLast = 3,
    /// <summary>VIR_NETWORK_UPDATE_COMMAND_ADD_FIRST, since libvirt 0.10.2.</summary>
    AddFirst = 4,
}

/// <summary>virNetworkUpdateSection.</summary>
public enum NetworkUpdateSection
{
    /// <summary>VIR_NETWORK_SECTION_NONE, since libvirt 0.10.2.</summary>
    None = 0,
    /// <summary>VIR_NETWORK_SECTION_BRIDGE, since libvirt 0.10.2.</summary>
    Bridge = 1,
    /// <summary>VIR_NETWORK_SECTION_DOMAIN, since libvirt 0.10.2.</summary>
    Domain = 2,
    /// <summary>VIR_NETWORK_SECTION_IP, since libvirt 0.10.2.</summary>
    Ip = 3,
    /// <summary>VIR_NETWORK_SECTION_IP_DHCP_HOST, since libvirt 0.10.2.</summary>
    IpDhcpHost = 4,
    /// <summary>VIR_NETWORK_SECTION_IP_DHCP_RANGE, since libvirt 0.10.2.</summary>
    IpDhcpRange = 5,
    /// <summary>VIR_NETWORK_SECTION_FORWARD, since libvirt 0.10.2.</summary>
    Forward = 6,
    /// <summary>VIR_NETWORK_SECTION_FORWARD_INTERFACE, since libvirt 0.10.2.</summary>
    ForwardInterface = 7,
    /// <summary>VIR_NETWORK_SECTION_FORWARD_PF, since libvirt 0.10.2.</summary>
    ForwardPf = 8,
    /// <summary>VIR_NETWORK_SECTION_PORTGROUP, since libvirt 0.10.2.</summary>
    Portgroup = 9,
    /// <summary>VIR_NETWORK_SECTION_DNS_HOST, since libvirt 0.10.2.</summary>
    DnsHost = 10,
    /// <summary>VIR_NETWORK_SECTION_DNS_TXT, since libvirt 0.10.2.</summary>
    DnsTxt = 11,
    /// <summary>VIR_NETWORK_SECTION_DNS_SRV, since libvirt 0.10.2.</summary>
    DnsSrv = 12,
}

/// <summary>virNetworkUpdateFlags.</summary>
[Flags]
public enum NetworkUpdateFlags : uint
{
    /// <summary>VIR_NETWORK_UPDATE_AFFECT_CURRENT, since libvirt 0.10.2.</summary>
    AffectCurrent = 0,
    /// <summary>VIR_NETWORK_UPDATE_AFFECT_LIVE, since libvirt 0.10.2.</summary>
    AffectLive = 1,
    /// <summary>VIR_NETWORK_UPDATE_AFFECT_CONFIG, since libvirt 0.10.2.</summary>
    AffectConfig = 2,
}

/// <summary>virNetworkEventLifecycleType.</summary>
public enum NetworkEventType
{
    /// <summary>VIR_NETWORK_EVENT_DEFINED, since libvirt 1.2.1.</summary>
    Defined = 0,
    /// <summary>VIR_NETWORK_EVENT_UNDEFINED, since libvirt 1.2.1.</summary>
    Undefined = 1,
    /// <summary>VIR_NETWORK_EVENT_STARTED, since libvirt 1.2.1.</summary>
    Started = 2,
    /// <summary>VIR_NETWORK_EVENT_STOPPED, since libvirt 1.2.1.</summary>
    Stopped = 3,
}

/// <summary>virNetworkEventID.</summary>
public enum NetworkEventId
{
    /// <summary>VIR_NETWORK_EVENT_ID_LIFECYCLE, since libvirt 1.2.1.</summary>
    Lifecycle = 0,
}

/// <summary>How a port is made (virNetworkPortCreateFlags).</summary>
[Flags]
public enum NetworkPortCreateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NETWORK_PORT_CREATE_RECLAIM, since libvirt 5.5.0.</summary>
    Reclaim = 1,
    /// <summary>VIR_NETWORK_PORT_CREATE_VALIDATE, since libvirt 7.8.0.</summary>
    Validate = 2,
}
