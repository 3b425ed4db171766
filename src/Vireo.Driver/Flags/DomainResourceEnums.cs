namespace Vireo.Driver;

/// <summary>virDomainModificationImpact.</summary>
[Flags]
public enum DomainModificationImpact : uint
{
    /// <summary>VIR_DOMAIN_AFFECT_CURRENT, since libvirt 0.9.2.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_AFFECT_LIVE, since libvirt 0.9.2.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_AFFECT_CONFIG, since libvirt 0.9.2.</summary>
    Config = 2,
}

/// <summary>virDomainMemoryModFlags.</summary>
[Flags]
public enum DomainMemoryFlags : uint
{
    /// <summary>VIR_DOMAIN_MEM_CURRENT, since libvirt 0.9.1.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_MEM_LIVE, since libvirt 0.9.0.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_MEM_CONFIG, since libvirt 0.9.0.</summary>
    Config = 2,
    /// <summary>VIR_DOMAIN_MEM_MAXIMUM, since libvirt 0.9.1.</summary>
    Maximum = 4,
}

/// <summary>virDomainVcpuFlags.</summary>
[Flags]
public enum DomainVcpuFlags : uint
{
    /// <summary>VIR_DOMAIN_VCPU_CURRENT, since libvirt 0.9.4.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_VCPU_LIVE, since libvirt 0.8.5.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_VCPU_CONFIG, since libvirt 0.8.5.</summary>
    Config = 2,
    /// <summary>VIR_DOMAIN_VCPU_MAXIMUM, since libvirt 0.8.5.</summary>
    Maximum = 4,
    /// <summary>VIR_DOMAIN_VCPU_GUEST, since libvirt 1.1.0.</summary>
    Guest = 8,
    /// <summary>VIR_DOMAIN_VCPU_HOTPLUGGABLE, since libvirt 2.4.0.</summary>
    Hotpluggable = 0x10,
}

/// <summary>virVcpuState.</summary>
public enum VcpuState
{
    /// <summary>VIR_VCPU_OFFLINE, since libvirt 0.1.4.</summary>
    Offline = 0,
    /// <summary>VIR_VCPU_RUNNING, since libvirt 0.1.4.</summary>
    Running = 1,
    /// <summary>VIR_VCPU_BLOCKED, since libvirt 0.1.4.</summary>
    Blocked = 2,
}

/// <summary>Which addresses are meant (virDomainMemoryFlags).</summary>
[Flags]
public enum DomainMemoryPeekFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_MEMORY_VIRTUAL, since libvirt 0.4.4.</summary>
    Virtual = 1,
    /// <summary>VIR_MEMORY_PHYSICAL, since libvirt 0.7.0.</summary>
    Physical = 2,
}

/// <summary>In place of a host processor's number (virVcpuHostCpuState).</summary>
public enum VcpuHostCpu
{
    /// <summary>VIR_VCPU_INFO_CPU_OFFLINE, since libvirt 6.10.0.</summary>
    Offline = -1,
    /// <summary>VIR_VCPU_INFO_CPU_UNAVAILABLE, since libvirt 6.10.0.</summary>
    Unavailable = -2,
}

/// <summary>How memory is spread over the host's cells (virDomainNumatuneMemMode).</summary>
public enum DomainNumaMemoryMode
{
    /// <summary>VIR_DOMAIN_NUMATUNE_MEM_STRICT, since libvirt 0.9.9.</summary>
    Strict = 0,
    /// <summary>VIR_DOMAIN_NUMATUNE_MEM_PREFERRED, since libvirt 0.9.9.</summary>
    Preferred = 1,
    /// <summary>VIR_DOMAIN_NUMATUNE_MEM_INTERLEAVE, since libvirt 0.9.9.</summary>
    Interleave = 2,
    /// <summary>VIR_DOMAIN_NUMATUNE_MEM_RESTRICTIVE, since libvirt 7.3.0.</summary>
    Restrictive = 3,
}
