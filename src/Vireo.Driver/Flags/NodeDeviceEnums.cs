namespace Vireo.Driver;

/// <summary>virConnectListAllNodeDeviceFlags.</summary>
[Flags]
public enum ListNodeDevicesFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_SYSTEM, since libvirt 0.10.2.</summary>
    CapSystem = 1,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV, since libvirt 0.10.2.</summary>
    CapPciDev = 2,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV, since libvirt 0.10.2.</summary>
    CapUsbDev = 4,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_INTERFACE, since libvirt 0.10.2.</summary>
    CapUsbInterface = 8,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_NET, since libvirt 0.10.2.</summary>
    CapNet = 0x10,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_HOST, since libvirt 0.10.2.</summary>
    CapScsiHost = 0x20,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_TARGET, since libvirt 0.10.2.</summary>
    CapScsiTarget = 0x40,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI, since libvirt 0.10.2.</summary>
    CapScsi = 0x80,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_STORAGE, since libvirt 0.10.2.</summary>
    CapStorage = 0x100,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_FC_HOST, since libvirt 1.0.4.</summary>
    CapFcHost = 0x200,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPORTS, since libvirt 1.0.4.</summary>
    CapVports = 0x400,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_GENERIC, since libvirt 1.1.0.</summary>
    CapScsiGeneric = 0x800,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_DRM, since libvirt 3.1.0.</summary>
    CapDrm = 0x1000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES, since libvirt 3.4.0.</summary>
    CapMdevTypes = 0x2000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV, since libvirt 3.4.0.</summary>
    CapMdev = 0x4000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_CCW_DEV, since libvirt 3.4.0.</summary>
    CapCcwDev = 0x8000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_CSS_DEV, since libvirt 6.8.0.</summary>
    CapCssDev = 0x10000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_VDPA, since libvirt 6.9.0.</summary>
    CapVdpa = 0x20000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_CARD, since libvirt 7.0.0.</summary>
    CapApCard = 0x40000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_QUEUE, since libvirt 7.0.0.</summary>
    CapApQueue = 0x80000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_MATRIX, since libvirt 7.0.0.</summary>
    CapApMatrix = 0x100000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPD, since libvirt 7.9.0.</summary>
    CapVpd = 0x200000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE, since libvirt 7.3.0.</summary>
    Inactive = 0x40000000,
    /// <summary>VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE, since libvirt 7.3.0.</summary>
    Active = 0x80000000,
}

/// <summary>virNodeDeviceEventLifecycleType.</summary>
public enum NodeDeviceEventType
{
    /// <summary>VIR_NODE_DEVICE_EVENT_CREATED, since libvirt 2.2.0.</summary>
    Created = 0,
    /// <summary>VIR_NODE_DEVICE_EVENT_DELETED, since libvirt 2.2.0.</summary>
    Deleted = 1,
    /// <summary>VIR_NODE_DEVICE_EVENT_DEFINED, since libvirt 7.3.0.</summary>
    Defined = 2,
    /// <summary>VIR_NODE_DEVICE_EVENT_UNDEFINED, since libvirt 7.3.0.</summary>
    Undefined = 3,
}

/// <summary>virNodeDeviceEventID.</summary>
public enum NodeDeviceEventId
{
    /// <summary>VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE, since libvirt 2.2.0.</summary>
    Lifecycle = 0,
    /// <summary>VIR_NODE_DEVICE_EVENT_ID_UPDATE, since libvirt 2.2.0.</summary>
    Update = 1,
}

/// <summary>How a node device is made (virNodeDeviceCreateXMLFlags).</summary>
[Flags]
public enum NodeDeviceCreateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NODE_DEVICE_CREATE_XML_VALIDATE, since libvirt 8.10.0.</summary>
    Validate = 1,
}

/// <summary>How a node device is defined (virNodeDeviceDefineXMLFlags).</summary>
[Flags]
public enum NodeDeviceDefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_NODE_DEVICE_DEFINE_XML_VALIDATE, since libvirt 8.10.0.</summary>
    Validate = 1,
}
