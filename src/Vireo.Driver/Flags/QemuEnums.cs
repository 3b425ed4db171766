namespace Vireo.Driver;

/// <summary>How a command for QEMU's monitor is written (virDomainQemuMonitorCommandFlags).</summary>
[Flags]
public enum QemuMonitorCommandFlags : uint
{
    /// <summary>VIR_DOMAIN_QEMU_MONITOR_COMMAND_DEFAULT, since libvirt 0.8.8: in JSON.</summary>
    Default = 0,
    /// <summary>VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP, since libvirt 0.8.8: as a person would type it.</summary>
    Human = 1,
}

/// <summary>How the name of an event is matched (virConnectDomainQemuMonitorEventRegisterFlags).</summary>
[Flags]
public enum QemuMonitorEventFlags : uint
{
    /// <summary>Letter by letter.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_REGEX, since libvirt 1.2.3: as a regular expression.</summary>
    Regex = 1,
    /// <summary>VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_NOCASE, since libvirt 1.2.3: whatever the case.</summary>
    NoCase = 2,
}
