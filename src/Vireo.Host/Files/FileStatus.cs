using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>A moment of a file, since 1970.</summary>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Nanoseconds">And these.</param>
public readonly record struct FileTime(long Seconds, uint Nanoseconds);

/// <summary>What a path leads to.</summary>
public enum FileKind
{
#pragma warning disable CS1591
    Other, Fifo, Character, Directory, Block, Regular, Link, Socket,
#pragma warning restore CS1591
}

/// <summary>Everything that the kernel tells of a file (stat).</summary>
/// <param name="Mode">Type and permissions.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Size">Bytes, with holes; 0 for a device.</param>
/// <param name="Allocated">Bytes that it takes on the disk.</param>
/// <param name="Device">The file system, as one number.</param>
/// <param name="Number">The file in it.</param>
/// <param name="Access">When it was read.</param>
/// <param name="Modification">When its content changed.</param>
/// <param name="Change">When anything about it changed.</param>
public readonly record struct FileStatus(
    int Mode, Ids Owner, ulong Size, ulong Allocated, ulong Device, ulong Number, FileTime Access, FileTime Modification, FileTime Change)
{
    const int HereIsFolder = -100, NoFollow = 0x100, EmptyPath = 0x1000;
    const uint Basic = 0x7ff;

    /// <summary>Its kind.</summary>
    public FileKind Kind => (Mode & 0xf000) switch
    {
        0x1000 => FileKind.Fifo,
        0x2000 => FileKind.Character,
        0x4000 => FileKind.Directory,
        0x6000 => FileKind.Block,
        0x8000 => FileKind.Regular,
        0xa000 => FileKind.Link,
        0xc000 => FileKind.Socket,
        _ => FileKind.Other,
    };

    /// <summary>Its permissions, 0 to 07777.</summary>
    public uint Permissions => (uint)Mode & 0xfff;

    /// <summary>Nothing but the time of its last reading differs: what was read of it then still holds.</summary>
    public bool IsUnchangedSince(in FileStatus earlier) => this with { Access = earlier.Access } == earlier;

    /// <summary>Of what a path leads to; null with errno in <paramref name="errno"/>.</summary>
    public static unsafe FileStatus? Find(string path, out int errno, bool followLinks = true)
    {
        byte* facts = stackalloc byte[256];
        errno = LibC.statx(HereIsFolder, path, followLinks ? 0 : NoFollow, Basic, facts) < 0 ? LibC.Errno : 0;
        return errno != 0 ? null : Read(facts);
    }

    /// <summary>Of what a name in an open folder leads to; null with errno in <paramref name="errno"/>.</summary>
    public static unsafe FileStatus? Find(SafeFileHandle folder, string name, out int errno)
    {
        byte* facts = stackalloc byte[256];
        errno = LibC.statx((int)folder.DangerousGetHandle(), name, 0, Basic, facts) < 0 ? LibC.Errno : 0;
        return errno != 0 ? null : Read(facts);
    }

    /// <summary>Of an open file.</summary>
    public static unsafe FileStatus Of(SafeFileHandle file)
    {
        byte* facts = stackalloc byte[256];
        return LibC.statx((int)file.DangerousGetHandle(), "", EmptyPath, Basic, facts) < 0 ? throw HostErrors.Failed(LibC.Errno, "cannot stat a file") : Read(facts);
    }

    static unsafe FileStatus Read(byte* facts) => new(
        *(ushort*)(facts + 28), new Ids(*(uint*)(facts + 20), *(uint*)(facts + 24)), *(ulong*)(facts + 40), *(ulong*)(facts + 48) * 512,
        *(ulong*)(facts + 136), *(ulong*)(facts + 32), Time(facts + 64), Time(facts + 112), Time(facts + 96));

    static unsafe FileTime Time(byte* at) => new(*(long*)at, *(uint*)(at + 8));
}
