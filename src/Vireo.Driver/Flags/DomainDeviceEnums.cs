namespace Vireo.Driver;

/// <summary>virDomainDeviceModifyFlags.</summary>
[Flags]
public enum DomainDeviceModifyFlags : uint
{
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_CURRENT, since libvirt 0.7.7.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_LIVE, since libvirt 0.7.7.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_CONFIG, since libvirt 0.7.7.</summary>
    Config = 2,
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_FORCE, since libvirt 0.8.6.</summary>
    Force = 4,
}

/// <summary>virDomainConsoleFlags.</summary>
[Flags]
public enum DomainConsoleFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CONSOLE_FORCE, since libvirt 0.9.11.</summary>
    Force = 1,
    /// <summary>VIR_DOMAIN_CONSOLE_SAFE, since libvirt 0.9.11.</summary>
    Safe = 2,
}

/// <summary>virDomainChannelFlags.</summary>
[Flags]
public enum DomainChannelFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CHANNEL_FORCE, since libvirt 1.0.2.</summary>
    Force = 1,
}

/// <summary>virDomainDiskErrorCode.</summary>
public enum DomainDiskErrorCode
{
    /// <summary>VIR_DOMAIN_DISK_ERROR_NONE, since libvirt 0.9.10.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_DISK_ERROR_UNSPEC, since libvirt 0.9.10.</summary>
    Unspec = 1,
    /// <summary>VIR_DOMAIN_DISK_ERROR_NO_SPACE, since libvirt 0.9.10.</summary>
    NoSpace = 2,
}

/// <summary>virKeycodeSet.</summary>
public enum KeycodeSet
{
    /// <summary>VIR_KEYCODE_SET_LINUX, since libvirt 0.9.3.</summary>
    Linux = 0,
    /// <summary>VIR_KEYCODE_SET_XT, since libvirt 0.9.3.</summary>
    Xt = 1,
    /// <summary>VIR_KEYCODE_SET_ATSET1, since libvirt 0.9.3.</summary>
    Atset1 = 2,
    /// <summary>VIR_KEYCODE_SET_ATSET2, since libvirt 0.9.3.</summary>
    Atset2 = 3,
    /// <summary>VIR_KEYCODE_SET_ATSET3, since libvirt 0.9.3.</summary>
    Atset3 = 4,
    /// <summary>VIR_KEYCODE_SET_OSX, since libvirt 0.9.4.</summary>
    Osx = 5,
    /// <summary>VIR_KEYCODE_SET_XT_KBD, since libvirt 0.9.4.</summary>
    XtKbd = 6,
    /// <summary>VIR_KEYCODE_SET_USB, since libvirt 0.9.4.</summary>
    Usb = 7,
    /// <summary>VIR_KEYCODE_SET_WIN32, since libvirt 0.9.4.</summary>
    Win32 = 8,
    /// <summary>VIR_KEYCODE_SET_QNUM, since libvirt 4.2.0.</summary>
    Qnum = 9,
}

/// <summary>How a display is opened (virDomainOpenGraphicsFlags).</summary>
[Flags]
public enum DomainOpenGraphicsFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH, since libvirt 0.9.7.</summary>
    SkipAuthentication = 1,
}
