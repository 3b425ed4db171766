namespace Vireo.Host.Namespaces;

/// <summary>Something in a /dev that is a process's own: a node, a symbolic link, or another file of the host's, which is mounted there.</summary>
/// <param name="Path">Where, below /dev, by folders alone: no part of it but the last is a link.</param>
/// <param name="Mode">Type and permissions, as stat gives them.</param>
/// <param name="User">Its owner.</param>
/// <param name="Group">Its group.</param>
sealed record DevEntry(string Path, int Mode, uint User, uint Group)
{
    const int TypeMask = 0xf000, Link = 0xa000, Block = 0x6000, Character = 0x2000, Folder = 0x4000;

    /// <summary>A node's device.</summary>
    public uint Major { get; init; }

    /// <summary>A node's device of its driver's.</summary>
    public uint Minor { get; init; }

    /// <summary>What a link says.</summary>
    public string Target { get; init; } = "";

    /// <summary>A node's access list as the kernel keeps it; empty: it has none.</summary>
    public byte[] Acl { get; init; } = [];

    /// <summary>What the kernel's security module calls a node; null: nothing.</summary>
    public string? Label { get; init; }

    /// <summary>A symbolic link.</summary>
    public bool IsLink => (Mode & TypeMask) == Link;

    /// <summary>A node of a device.</summary>
    public bool IsNode => (Mode & TypeMask) is Block or Character;

    /// <summary>It is neither, and mounted there from the host.</summary>
    public bool IsMounted => !IsLink && !IsNode;

    /// <summary>A folder, which is mounted as it is.</summary>
    public bool IsFolder => (Mode & TypeMask) == Folder;
}
