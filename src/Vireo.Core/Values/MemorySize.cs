namespace Vireo.Core;

/// <summary>An amount of memory in KiB, as libvirt counts a machine's memory.</summary>
/// <param name="KiB">How much.</param>
public readonly record struct MemorySize(ulong KiB)
{
    /// <summary>In bytes.</summary>
    public ulong Bytes => KiB * 1024;

    /// <summary>In whole MiB, rounded up.</summary>
    public ulong MiB => (KiB + 1023) / 1024;

    /// <summary>From MiB.</summary>
    public static MemorySize FromMiB(ulong mib) => new(mib * 1024);
}

/// <summary>An amount in bytes, for elements that libvirt counts in bytes.</summary>
/// <param name="Bytes">How much.</param>
public readonly record struct ByteSize(ulong Bytes);
