namespace Vireo.Driver;

/// <summary>A program of the protocol: a set of procedures with numbers of its own.</summary>
public enum WireProgram
{
    /// <summary>What every hypervisor may have (0x20008086).</summary>
    Remote,
    /// <summary>What only QEMU has (0x20008087).</summary>
    Qemu,
    /// <summary>What only containers have (0x00068000).</summary>
    Lxc,
    /// <summary>The daemon itself (0x06900690), on a socket of its own.</summary>
    Admin,
    /// <summary>What libvirt does not have (0x76697265).</summary>
    Vireo,
    /// <summary>The log manager (0x87539319), on a socket of its own.</summary>
    Log,
    /// <summary>The lock manager (0x0ea7beef), on a socket of its own.</summary>
    Lock,
}
