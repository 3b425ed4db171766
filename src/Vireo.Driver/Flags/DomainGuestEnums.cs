namespace Vireo.Driver;

/// <summary>virDomainMetadataType.</summary>
public enum DomainMetadataType
{
    /// <summary>VIR_DOMAIN_METADATA_DESCRIPTION, since libvirt 0.9.10.</summary>
    Description = 0,
    /// <summary>VIR_DOMAIN_METADATA_TITLE, since libvirt 0.9.10.</summary>
    Title = 1,
    /// <summary>VIR_DOMAIN_METADATA_ELEMENT, since libvirt 0.9.10.</summary>
    Element = 2,
}

/// <summary>virDomainGetHostnameFlags.</summary>
[Flags]
public enum DomainGetHostnameFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_GET_HOSTNAME_LEASE, since libvirt 6.1.0.</summary>
    Lease = 1,
    /// <summary>VIR_DOMAIN_GET_HOSTNAME_AGENT, since libvirt 6.1.0.</summary>
    Agent = 2,
}

/// <summary>virDomainMessageType.</summary>
[Flags]
public enum DomainMessageType : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_MESSAGE_DEPRECATION, since libvirt 7.1.0.</summary>
    Deprecation = 1,
    /// <summary>VIR_DOMAIN_MESSAGE_TAINTING, since libvirt 7.1.0.</summary>
    Tainting = 2,
}

/// <summary>virDomainInterfaceAddressesSource.</summary>
public enum DomainInterfaceAddressesSource
{
    /// <summary>VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, since libvirt 1.2.14.</summary>
    Lease = 0,
    /// <summary>VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT, since libvirt 1.2.14.</summary>
    Agent = 1,
    /// <summary>VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP, since libvirt 4.2.0.</summary>
    Arp = 2,
}

/// <summary>virIPAddrType.</summary>
public enum IPAddressType
{
    /// <summary>VIR_IP_ADDR_TYPE_IPV4, since libvirt 1.2.6.</summary>
    Ipv4 = 0,
    /// <summary>VIR_IP_ADDR_TYPE_IPV6, since libvirt 1.2.6.</summary>
    Ipv6 = 1,
}

/// <summary>A signal for a process of the guest (virDomainProcessSignal).</summary>
public enum DomainProcessSignal
{
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_NOP, since libvirt 1.0.1.</summary>
    Nop = 0,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_HUP, since libvirt 1.0.1.</summary>
    Hup = 1,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_INT, since libvirt 1.0.1.</summary>
    Int = 2,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_QUIT, since libvirt 1.0.1.</summary>
    Quit = 3,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_ILL, since libvirt 1.0.1.</summary>
    Ill = 4,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_TRAP, since libvirt 1.0.1.</summary>
    Trap = 5,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_ABRT, since libvirt 1.0.1.</summary>
    Abrt = 6,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_BUS, since libvirt 1.0.1.</summary>
    Bus = 7,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_FPE, since libvirt 1.0.1.</summary>
    Fpe = 8,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_KILL, since libvirt 1.0.1.</summary>
    Kill = 9,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_USR1, since libvirt 1.0.1.</summary>
    Usr1 = 10,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_SEGV, since libvirt 1.0.1.</summary>
    Segv = 11,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_USR2, since libvirt 1.0.1.</summary>
    Usr2 = 12,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_PIPE, since libvirt 1.0.1.</summary>
    Pipe = 13,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_ALRM, since libvirt 1.0.1.</summary>
    Alrm = 14,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_TERM, since libvirt 1.0.1.</summary>
    Term = 15,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_STKFLT, since libvirt 1.0.1.</summary>
    Stkflt = 16,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_CHLD, since libvirt 1.0.1.</summary>
    Chld = 17,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_CONT, since libvirt 1.0.1.</summary>
    Cont = 18,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_STOP, since libvirt 1.0.1.</summary>
    Stop = 19,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_TSTP, since libvirt 1.0.1.</summary>
    Tstp = 20,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_TTIN, since libvirt 1.0.1.</summary>
    Ttin = 21,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_TTOU, since libvirt 1.0.1.</summary>
    Ttou = 22,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_URG, since libvirt 1.0.1.</summary>
    Urg = 23,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_XCPU, since libvirt 1.0.1.</summary>
    Xcpu = 24,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_XFSZ, since libvirt 1.0.1.</summary>
    Xfsz = 25,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_VTALRM, since libvirt 1.0.1.</summary>
    Vtalrm = 26,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_PROF, since libvirt 1.0.1.</summary>
    Prof = 27,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_WINCH, since libvirt 1.0.1.</summary>
    Winch = 28,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_POLL, since libvirt 1.0.1.</summary>
    Poll = 29,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_PWR, since libvirt 1.0.1.</summary>
    Pwr = 30,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_SYS, since libvirt 1.0.1.</summary>
    Sys = 31,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT0, since libvirt 1.0.1.</summary>
    Rt0 = 32,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT1, since libvirt 1.0.1.</summary>
    Rt1 = 33,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT2, since libvirt 1.0.1.</summary>
    Rt2 = 34,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT3, since libvirt 1.0.1.</summary>
    Rt3 = 35,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT4, since libvirt 1.0.1.</summary>
    Rt4 = 36,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT5, since libvirt 1.0.1.</summary>
    Rt5 = 37,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT6, since libvirt 1.0.1.</summary>
    Rt6 = 38,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT7, since libvirt 1.0.1.</summary>
    Rt7 = 39,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT8, since libvirt 1.0.1.</summary>
    Rt8 = 40,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT9, since libvirt 1.0.1.</summary>
    Rt9 = 41,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT10, since libvirt 1.0.1.</summary>
    Rt10 = 42,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT11, since libvirt 1.0.1.</summary>
    Rt11 = 43,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT12, since libvirt 1.0.1.</summary>
    Rt12 = 44,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT13, since libvirt 1.0.1.</summary>
    Rt13 = 45,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT14, since libvirt 1.0.1.</summary>
    Rt14 = 46,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT15, since libvirt 1.0.1.</summary>
    Rt15 = 47,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT16, since libvirt 1.0.1.</summary>
    Rt16 = 48,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT17, since libvirt 1.0.1.</summary>
    Rt17 = 49,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT18, since libvirt 1.0.1.</summary>
    Rt18 = 50,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT19, since libvirt 1.0.1.</summary>
    Rt19 = 51,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT20, since libvirt 1.0.1.</summary>
    Rt20 = 52,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT21, since libvirt 1.0.1.</summary>
    Rt21 = 53,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT22, since libvirt 1.0.1.</summary>
    Rt22 = 54,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT23, since libvirt 1.0.1.</summary>
    Rt23 = 55,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT24, since libvirt 1.0.1.</summary>
    Rt24 = 56,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT25, since libvirt 1.0.1.</summary>
    Rt25 = 57,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT26, since libvirt 1.0.1.</summary>
    Rt26 = 58,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT27, since libvirt 1.0.1.</summary>
    Rt27 = 59,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT28, since libvirt 1.0.1.</summary>
    Rt28 = 60,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT29, since libvirt 1.0.1.</summary>
    Rt29 = 61,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT30, since libvirt 1.0.1.</summary>
    Rt30 = 62,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT31, since libvirt 1.0.1.</summary>
    Rt31 = 63,
    /// <summary>VIR_DOMAIN_PROCESS_SIGNAL_RT32, since libvirt 1.0.1.</summary>
    Rt32 = 64,
}

/// <summary>Where the guest's new time comes from (virDomainSetTimeFlags).</summary>
[Flags]
public enum DomainSetTimeFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_TIME_SYNC, since libvirt 1.2.5.</summary>
    Sync = 1,
}

/// <summary>How a password is given (virDomainSetUserPasswordFlags).</summary>
[Flags]
public enum DomainPasswordFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_PASSWORD_ENCRYPTED, since libvirt 1.2.16.</summary>
    Encrypted = 1,
}

/// <summary>What the guest's agent is asked about (virDomainGuestInfoTypes).</summary>
[Flags]
public enum DomainGuestInfoTypes : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_GUEST_INFO_USERS, since libvirt 5.7.0.</summary>
    Users = 1,
    /// <summary>VIR_DOMAIN_GUEST_INFO_OS, since libvirt 5.7.0.</summary>
    Os = 2,
    /// <summary>VIR_DOMAIN_GUEST_INFO_TIMEZONE, since libvirt 5.7.0.</summary>
    Timezone = 4,
    /// <summary>VIR_DOMAIN_GUEST_INFO_HOSTNAME, since libvirt 5.7.0.</summary>
    Hostname = 8,
    /// <summary>VIR_DOMAIN_GUEST_INFO_FILESYSTEM, since libvirt 5.7.0.</summary>
    Filesystem = 0x10,
    /// <summary>VIR_DOMAIN_GUEST_INFO_DISKS, since libvirt 7.0.0.</summary>
    Disks = 0x20,
    /// <summary>VIR_DOMAIN_GUEST_INFO_INTERFACES, since libvirt 7.10.0.</summary>
    Interfaces = 0x40,
}

/// <summary>How long the agent is waited for; other values are seconds (virDomainAgentResponseTimeoutValues).</summary>
public enum DomainAgentTimeout
{
    /// <summary>VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK, since libvirt 5.10.0.</summary>
    Block = -2,
    /// <summary>VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_DEFAULT, since libvirt 5.10.0.</summary>
    Default = -1,
    /// <summary>VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_NOWAIT, since libvirt 5.10.0.</summary>
    NoWait = 0,
}

/// <summary>What happens to the keys that are there (virDomainAuthorizedSSHKeysSetFlags).</summary>
[Flags]
public enum DomainSshKeysFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND, since libvirt 6.10.0.</summary>
    Append = 1,
    /// <summary>VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE, since libvirt 6.10.0.</summary>
    Remove = 2,
}
