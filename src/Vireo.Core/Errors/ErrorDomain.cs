namespace Vireo.Core.Errors;

/// <summary>The part of libvirt that an error comes from (virErrorDomain).</summary>
public enum ErrorDomain
{
    /// <summary>VIR_FROM_NONE, since libvirt 0.1.0.</summary>
    None = 0,
    /// <summary>VIR_FROM_XEN, since libvirt 0.1.0.</summary>
    Xen = 1,
    /// <summary>VIR_FROM_XEND, since libvirt 0.1.0.</summary>
    Xend = 2,
    /// <summary>VIR_FROM_XENSTORE, since libvirt 0.1.0.</summary>
    Xenstore = 3,
    /// <summary>VIR_FROM_SEXPR, since libvirt 0.1.0.</summary>
    Sexpr = 4,
    /// <summary>VIR_FROM_XML, since libvirt 0.1.0.</summary>
    Xml = 5,
    /// <summary>VIR_FROM_DOM, since libvirt 0.1.0.</summary>
    Dom = 6,
    /// <summary>VIR_FROM_RPC, since libvirt 0.1.1.</summary>
    Rpc = 7,
    /// <summary>VIR_FROM_PROXY, since libvirt 0.1.3.</summary>
    Proxy = 8,
    /// <summary>VIR_FROM_CONF, since libvirt 0.1.6.</summary>
    Conf = 9,
    /// <summary>VIR_FROM_QEMU, since libvirt 0.2.0.</summary>
    Qemu = 10,
    /// <summary>VIR_FROM_NET, since libvirt 0.2.0.</summary>
    Net = 11,
    /// <summary>VIR_FROM_TEST, since libvirt 0.2.3.</summary>
    Test = 12,
    /// <summary>VIR_FROM_REMOTE, since libvirt 0.2.3.</summary>
    Remote = 13,
    /// <summary>VIR_FROM_OPENVZ, since libvirt 0.3.1.</summary>
    Openvz = 14,
    /// <summary>VIR_FROM_XENXM, since libvirt 0.4.1.</summary>
    Xenxm = 15,
    /// <summary>VIR_FROM_STATS_LINUX, since libvirt 0.4.1.</summary>
    StatsLinux = 16,
    /// <summary>VIR_FROM_LXC, since libvirt 0.4.2.</summary>
    Lxc = 17,
    /// <summary>VIR_FROM_STORAGE, since libvirt 0.4.1.</summary>
    Storage = 18,
    /// <summary>VIR_FROM_NETWORK, since libvirt 0.4.6.</summary>
    Network = 19,
    /// <summary>VIR_FROM_DOMAIN, since libvirt 0.4.6.</summary>
    Domain = 20,
    /// <summary>VIR_FROM_UML, since libvirt 0.5.0.</summary>
    Uml = 21,
    /// <summary>VIR_FROM_NODEDEV, since libvirt 0.5.0.</summary>
    Nodedev = 22,
    /// <summary>VIR_FROM_XEN_INOTIFY, since libvirt 0.5.0.</summary>
    XenInotify = 23,
    /// <summary>VIR_FROM_SECURITY, since libvirt 0.6.1.</summary>
    Security = 24,
    /// <summary>VIR_FROM_VBOX, since libvirt 0.6.3.</summary>
    Vbox = 25,
    /// <summary>VIR_FROM_INTERFACE, since libvirt 0.6.4.</summary>
    Interface = 26,
    /// <summary>VIR_FROM_ONE, since libvirt 0.6.4.</summary>
    One = 27,
    /// <summary>VIR_FROM_ESX, since libvirt 0.7.0.</summary>
    Esx = 28,
    /// <summary>VIR_FROM_PHYP, since libvirt 0.7.0.</summary>
    Phyp = 29,
    /// <summary>VIR_FROM_SECRET, since libvirt 0.7.1.</summary>
    Secret = 30,
    /// <summary>VIR_FROM_CPU, since libvirt 0.7.5.</summary>
    Cpu = 31,
    /// <summary>VIR_FROM_XENAPI, since libvirt 0.8.0.</summary>
    Xenapi = 32,
    /// <summary>VIR_FROM_NWFILTER, since libvirt 0.8.0.</summary>
    Nwfilter = 33,
    /// <summary>VIR_FROM_HOOK, since libvirt 0.8.0.</summary>
    Hook = 34,
    /// <summary>VIR_FROM_DOMAIN_SNAPSHOT, since libvirt 0.8.0.</summary>
    DomainSnapshot = 35,
    /// <summary>VIR_FROM_AUDIT, since libvirt 0.8.5.</summary>
    Audit = 36,
    /// <summary>VIR_FROM_SYSINFO, since libvirt 0.8.6.</summary>
    Sysinfo = 37,
    /// <summary>VIR_FROM_STREAMS, since libvirt 0.8.6.</summary>
    Streams = 38,
    /// <summary>VIR_FROM_VMWARE, since libvirt 0.8.7.</summary>
    Vmware = 39,
    /// <summary>VIR_FROM_EVENT, since libvirt 0.9.0.</summary>
    Event = 40,
    /// <summary>VIR_FROM_LIBXL, since libvirt 0.9.0.</summary>
    Libxl = 41,
    /// <summary>VIR_FROM_LOCKING, since libvirt 0.9.2.</summary>
    Locking = 42,
    /// <summary>VIR_FROM_HYPERV, since libvirt 0.9.5.</summary>
    Hyperv = 43,
    /// <summary>VIR_FROM_CAPABILITIES, since libvirt 0.9.8.</summary>
    Capabilities = 44,
    /// <summary>VIR_FROM_URI, since libvirt 0.9.11.</summary>
    Uri = 45,
    /// <summary>VIR_FROM_AUTH, since libvirt 0.9.11.</summary>
    Auth = 46,
    /// <summary>VIR_FROM_DBUS, since libvirt 0.9.12.</summary>
    Dbus = 47,
    /// <summary>VIR_FROM_PARALLELS, since libvirt 0.10.0.</summary>
    Parallels = 48,
    /// <summary>VIR_FROM_DEVICE, since libvirt 0.10.0.</summary>
    Device = 49,
    /// <summary>VIR_FROM_SSH, since libvirt 0.10.0.</summary>
    Ssh = 50,
    /// <summary>VIR_FROM_LOCKSPACE, since libvirt 1.0.0.</summary>
    Lockspace = 51,
    /// <summary>VIR_FROM_INITCTL, since libvirt 1.0.1.</summary>
    Initctl = 52,
    /// <summary>VIR_FROM_IDENTITY, since libvirt 1.0.4.</summary>
    Identity = 53,
    /// <summary>VIR_FROM_CGROUP, since libvirt 1.0.5.</summary>
    Cgroup = 54,
    /// <summary>VIR_FROM_ACCESS, since libvirt 1.1.0.</summary>
    Access = 55,
    /// <summary>VIR_FROM_SYSTEMD, since libvirt 1.1.1.</summary>
    Systemd = 56,
    /// <summary>VIR_FROM_BHYVE, since libvirt 1.2.2.</summary>
    Bhyve = 57,
    /// <summary>VIR_FROM_CRYPTO, since libvirt 1.2.3.</summary>
    Crypto = 58,
    /// <summary>VIR_FROM_FIREWALL, since libvirt 1.2.4.</summary>
    Firewall = 59,
    /// <summary>VIR_FROM_POLKIT, since libvirt 1.2.9.</summary>
    Polkit = 60,
    /// <summary>VIR_FROM_THREAD, since libvirt 1.2.14.</summary>
    Thread = 61,
    /// <summary>VIR_FROM_ADMIN, since libvirt 1.2.17.</summary>
    Admin = 62,
    /// <summary>VIR_FROM_LOGGING, since libvirt 1.3.0.</summary>
    Logging = 63,
    /// <summary>VIR_FROM_XENXL, since libvirt 1.3.2.</summary>
    Xenxl = 64,
    /// <summary>VIR_FROM_PERF, since libvirt 1.3.3.</summary>
    Perf = 65,
    /// <summary>VIR_FROM_LIBSSH, since libvirt 2.5.0.</summary>
    Libssh = 66,
    /// <summary>VIR_FROM_RESCTRL, since libvirt 3.7.0.</summary>
    Resctrl = 67,
    /// <summary>VIR_FROM_FIREWALLD, since libvirt 5.1.0.</summary>
    Firewalld = 68,
    /// <summary>VIR_FROM_DOMAIN_CHECKPOINT, since libvirt 5.2.0.</summary>
    DomainCheckpoint = 69,
    /// <summary>VIR_FROM_TPM, since libvirt 5.6.0.</summary>
    Tpm = 70,
    /// <summary>VIR_FROM_BPF, since libvirt 5.10.0.</summary>
    Bpf = 71,
    /// <summary>VIR_FROM_CH, since libvirt 7.5.0.</summary>
    Ch = 72,
}

/// <summary>What clients print for a domain.</summary>
public static class ErrorDomains
{
    /// <summary>libvirt's printed name of <paramref name="domain"/>; "Unknown" for a number it does not know.</summary>
    public static string Text(this ErrorDomain domain) => domain switch
    {
        ErrorDomain.None => "",
        ErrorDomain.Xen => "Xen Driver",
        ErrorDomain.Xend => "Xen Daemon",
        ErrorDomain.Xenstore => "Xen Store",
        ErrorDomain.Sexpr => "S-Expression",
        ErrorDomain.Xml => "XML Util",
        ErrorDomain.Dom => "Domain",
        ErrorDomain.Rpc => "XML-RPC",
        ErrorDomain.Proxy => "Proxy Daemon",
        ErrorDomain.Conf => "Config File",
        ErrorDomain.Qemu => "QEMU Driver",
        ErrorDomain.Net => "Network",
        ErrorDomain.Test => "Test Driver",
        ErrorDomain.Remote => "Remote Driver",
        ErrorDomain.Openvz => "OpenVZ Driver",
        ErrorDomain.Xenxm => "Xen XM Driver",
        ErrorDomain.StatsLinux => "Linux Statistics",
        ErrorDomain.Lxc => "LXC Driver",
        ErrorDomain.Storage => "Storage Driver",
        ErrorDomain.Network => "Network Driver",
        ErrorDomain.Domain => "Domain Config",
        ErrorDomain.Uml => "User Mode Linux Driver",
        ErrorDomain.Nodedev => "Node Device Driver",
        ErrorDomain.XenInotify => "Xen Inotify Driver",
        ErrorDomain.Security => "Security Driver",
        ErrorDomain.Vbox => "VirtualBox Driver",
        ErrorDomain.Interface => "Network Interface Driver",
        ErrorDomain.One => "Open Nebula Driver",
        ErrorDomain.Esx => "ESX Driver",
        ErrorDomain.Phyp => "Power Hypervisor Driver",
        ErrorDomain.Secret => "Secrets Driver",
        ErrorDomain.Cpu => "CPU Driver",
        ErrorDomain.Xenapi => "XenAPI Driver",
        ErrorDomain.Nwfilter => "Network Filter Driver",
        ErrorDomain.Hook => "Lifecycle Hook",
        ErrorDomain.DomainSnapshot => "Domain Snapshot",
        ErrorDomain.Audit => "Audit Utils",
        ErrorDomain.Sysinfo => "Sysinfo Utils",
        ErrorDomain.Streams => "I/O Stream Utils",
        ErrorDomain.Vmware => "VMware Driver",
        ErrorDomain.Event => "Event Loop",
        ErrorDomain.Libxl => "Xen Light Driver",
        ErrorDomain.Locking => "Lock Driver",
        ErrorDomain.Hyperv => "Hyper-V Driver",
        ErrorDomain.Capabilities => "Capabilities Utils",
        ErrorDomain.Uri => "URI Utils",
        ErrorDomain.Auth => "Authentication Utils",
        ErrorDomain.Dbus => "DBus Utils",
        ErrorDomain.Parallels => "Parallels Cloud Server",
        ErrorDomain.Device => "Device Config",
        ErrorDomain.Ssh => "SSH transport layer",
        ErrorDomain.Lockspace => "Lock Space",
        ErrorDomain.Initctl => "Init control",
        ErrorDomain.Identity => "Identity",
        ErrorDomain.Cgroup => "Cgroup",
        ErrorDomain.Access => "Access Manager",
        ErrorDomain.Systemd => "Systemd",
        ErrorDomain.Bhyve => "Bhyve",
        ErrorDomain.Crypto => "Crypto",
        ErrorDomain.Firewall => "Firewall",
        ErrorDomain.Polkit => "Polkit",
        ErrorDomain.Thread => "Thread jobs",
        ErrorDomain.Admin => "Admin Interface",
        ErrorDomain.Logging => "Log Manager",
        ErrorDomain.Xenxl => "Xen XL Config",
        ErrorDomain.Perf => "Perf",
        ErrorDomain.Libssh => "Libssh transport layer",
        ErrorDomain.Resctrl => "Resource control",
        ErrorDomain.Firewalld => "FirewallD",
        ErrorDomain.DomainCheckpoint => "Domain Checkpoint",
        ErrorDomain.Tpm => "TPM",
        ErrorDomain.Bpf => "BPF",
        ErrorDomain.Ch => "Cloud-Hypervisor Driver",
        _ => "Unknown",
    };
}
