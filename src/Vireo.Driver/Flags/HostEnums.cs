namespace Vireo.Driver;

/// <summary>How deep the host or a guest sleeps (virNodeSuspendTarget).</summary>
public enum NodeSuspendTarget
{
    /// <summary>VIR_NODE_SUSPEND_TARGET_MEM, since libvirt 0.9.8.</summary>
    Memory = 0,
    /// <summary>VIR_NODE_SUSPEND_TARGET_DISK, since libvirt 0.9.8.</summary>
    Disk = 1,
    /// <summary>VIR_NODE_SUSPEND_TARGET_HYBRID, since libvirt 0.9.8.</summary>
    Hybrid = 2,
}

/// <summary>Whether pages are added or set (virNodeAllocPagesFlags).</summary>
[Flags]
public enum NodeAllocatePagesFlags : uint
{
    /// <summary>VIR_NODE_ALLOC_PAGES_ADD, since libvirt 1.2.9.</summary>
    Add = 0,
    /// <summary>VIR_NODE_ALLOC_PAGES_SET, since libvirt 1.2.9.</summary>
    Set = 1,
}
