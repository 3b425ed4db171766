namespace Vireo.Driver;

/// <summary>virConnectListAllInterfacesFlags.</summary>
[Flags]
public enum ListInterfacesFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_LIST_INTERFACES_INACTIVE, since libvirt 0.10.2.</summary>
    Inactive = 1,
    /// <summary>VIR_CONNECT_LIST_INTERFACES_ACTIVE, since libvirt 0.10.2.</summary>
    Active = 2,
}

/// <summary>virInterfaceXMLFlags.</summary>
[Flags]
public enum InterfaceXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_INTERFACE_XML_INACTIVE, since libvirt 0.7.3.</summary>
    Inactive = 1,
}

/// <summary>How an interface is defined (virInterfaceDefineFlags).</summary>
[Flags]
public enum InterfaceDefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_INTERFACE_DEFINE_VALIDATE, since libvirt 7.7.0.</summary>
    Validate = 1,
}
