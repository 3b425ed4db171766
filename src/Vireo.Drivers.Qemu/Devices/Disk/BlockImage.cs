using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>An image of a chain and how it is used: all that its block nodes say.</summary>
public sealed record BlockImage
{
    /// <summary>Where it is.</summary>
    public required DiskSource Source { get; init; }

    /// <summary>What its bytes mean.</summary>
    public StorageFormat Format { get; init; } = StorageFormat.Raw;

    /// <summary>Names of its nodes and objects.</summary>
    public required ImageNames Names { get; init; }

    /// <summary>The encryption, from the source or (for the top image) from the disk.</summary>
    public DiskEncryption? Encryption { get; init; }

    /// <summary>Who logs in at the server, from the source or (for the top image) from the disk.</summary>
    public DiskAuth? Auth { get; init; }

    /// <summary>As whom an SSH server is asked, if nobody logs in; null: as QEMU.</summary>
    public string? SshUser { get; init; }

    /// <summary>The SSH server's key is not looked at.</summary>
    public bool IgnoresSshHostKey { get; init; }

    /// <summary>Nothing is written.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How the host caches.</summary>
    public DiskCache? Cache { get; init; }

    /// <summary>How requests are made.</summary>
    public DiskIo? Io { get; init; }

    /// <summary>What becomes of discarded blocks.</summary>
    public DiskDiscard? Discard { get; init; }

    /// <summary>What becomes of blocks of zeroes, as QEMU calls it; null: nothing.</summary>
    public string? DetectZeroes { get; init; }

    /// <summary>Bytes of memory for the format's tables; null: as QEMU likes.</summary>
    public ulong? TablesCache { get; init; }

    /// <summary>A folder shows as a floppy, not as a disk.</summary>
    public bool IsFloppy { get; init; }

    /// <summary>A block device is a CD-ROM drive of the host.</summary>
    public bool IsHostCdRom { get; init; }

    /// <summary>How much the Gluster client logs, 0 to 9.</summary>
    public int GlusterDebug { get; init; }

    /// <summary>How many descriptors the file's set has.</summary>
    public int Descriptors { get; init; }

    /// <summary>The part of the bytes that is used; null: all.</summary>
    public SourceSlice? Slice => Source.Slices.FirstOrDefault(static s => s.Type is SliceKind.Storage);

    /// <summary>The server's client decrypts; nothing of it reaches the format.</summary>
    public bool DecryptsAtServer => Encryption?.Engine is EncryptionEngine.Librbd;

    /// <summary>A raw image in a LUKS container.</summary>
    public bool IsLuks => Format is StorageFormat.Raw && !DecryptsAtServer && Encryption?.Format is EncryptionFormat.Luks;

    /// <summary>The slice has a node of its own: only raw images can say themselves where they begin.</summary>
    public bool HasSliceNode => Slice is not null && (Format is not StorageFormat.Raw || IsLuks);
}
