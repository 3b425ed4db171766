namespace Vireo.Driver;

/// <summary>virDomainSaveRestoreFlags.</summary>
[Flags]
public enum DomainSaveRestoreFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SAVE_BYPASS_CACHE, since libvirt 0.9.4.</summary>
    BypassCache = 1,
    /// <summary>VIR_DOMAIN_SAVE_RUNNING, since libvirt 0.9.5.</summary>
    Running = 2,
    /// <summary>VIR_DOMAIN_SAVE_PAUSED, since libvirt 0.9.5.</summary>
    Paused = 4,
    /// <summary>VIR_DOMAIN_SAVE_RESET_NVRAM, since libvirt 8.1.0.</summary>
    ResetNvram = 8,
}

/// <summary>virDomainSaveImageXMLFlags.</summary>
[Flags]
public enum DomainSaveImageXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SAVE_IMAGE_XML_SECURE, since libvirt 5.1.0.</summary>
    Secure = 1,
}

/// <summary>virDomainCoreDumpFlags.</summary>
[Flags]
public enum DomainCoreDumpFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DUMP_CRASH, since libvirt 0.7.5.</summary>
    Crash = 1,
    /// <summary>VIR_DUMP_LIVE, since libvirt 0.7.5.</summary>
    Live = 2,
    /// <summary>VIR_DUMP_BYPASS_CACHE, since libvirt 0.9.4.</summary>
    BypassCache = 4,
    /// <summary>VIR_DUMP_RESET, since libvirt 0.9.7.</summary>
    Reset = 8,
    /// <summary>VIR_DUMP_MEMORY_ONLY, since libvirt 0.9.13.</summary>
    MemoryOnly = 0x10,
}

/// <summary>The format of a memory dump (virDomainCoreDumpFormat).</summary>
public enum DomainCoreDumpFormat
{
    /// <summary>VIR_DOMAIN_CORE_DUMP_FORMAT_RAW, since libvirt 1.2.3.</summary>
    Raw = 0,
    /// <summary>VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_ZLIB, since libvirt 1.2.3.</summary>
    KdumpZlib = 1,
    /// <summary>VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_LZO, since libvirt 1.2.3.</summary>
    KdumpLzo = 2,
    /// <summary>VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_SNAPPY, since libvirt 1.2.3.</summary>
    KdumpSnappy = 3,
    /// <summary>VIR_DOMAIN_CORE_DUMP_FORMAT_WIN_DMP, since libvirt 7.4.0.</summary>
    WinDmp = 4,
}
