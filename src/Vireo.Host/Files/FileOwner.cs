using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>A user and a group, as numbers.</summary>
public readonly record struct Ids(uint User, uint Group)
{
    /// <summary>"+1000:+100": the sign says that the numbers are no names.</summary>
    public override string ToString() => $"+{User}:+{Group}";
}

/// <summary>What kind of thing a path is, and whose.</summary>
/// <param name="Owner">Its owner.</param>
/// <param name="Mode">Type and permissions, as stat gives them.</param>
public readonly record struct FileFacts(Ids Owner, int Mode);

/// <summary>Owners of files, and what the kernel keeps beside a file for root alone (extended attributes).</summary>
public static unsafe class FileOwner
{
    /// <summary>The facts of what a path leads to; null with errno in <paramref name="errno"/>.</summary>
    public static FileFacts? Find(string path, out int errno)
    {
        const uint wanted = 0x1b;       // type, mode, uid, gid
        byte* facts = stackalloc byte[256];
        if (LibC.statx(-100, path, 0, wanted, facts) < 0)
        {
            errno = LibC.Errno;
            return null;
        }
        errno = 0;
        return new FileFacts(new Ids(*(uint*)(facts + 20), *(uint*)(facts + 24)), *(ushort*)(facts + 28));
    }

    /// <summary>The device that a path leads to a node of; null: it is none.</summary>
    public static (bool IsBlock, uint Major, uint Minor)? FindNode(string path)
    {
        byte* facts = stackalloc byte[256];
        if (LibC.statx(-100, path, 0, 1, facts) < 0)
            return null;
        int type = *(ushort*)(facts + 28) & 0xf000;
        return type is 0x6000 or 0x2000 ? (type == 0x6000, *(uint*)(facts + 128), *(uint*)(facts + 132)) : null;
    }

    /// <summary>Both paths lead to the same file.</summary>
    public static bool SameFile(string one, string other) => Identity(one) is { } first && Identity(other) == first;

    static (ulong Number, ulong Device)? Identity(string path)
    {
        const uint wanted = 0x100;      // the number of the file
        byte* facts = stackalloc byte[256];
        return LibC.statx(-100, path, 0, wanted, facts) < 0 ? null : (*(ulong*)(facts + 32), *(ulong*)(facts + 136));
    }

    /// <summary>Gives what a path leads to away.</summary>
    /// <returns>0, or the errno.</returns>
    public static int Give(string path, Ids owner) => LibC.chown(path, owner.User, owner.Group) < 0 ? LibC.Errno : 0;

    /// <summary>Changes permissions.</summary>
    /// <returns>0, or the errno.</returns>
    public static int Permit(string path, int mode) => LibC.chmod(path, mode) < 0 ? LibC.Errno : 0;

    /// <summary>Reads an attribute.</summary>
    /// <returns>Null: there is none, or the file system keeps none; the errno says which.</returns>
    public static string? Attribute(string path, string name, out int errno) => Read((value, room) => LibC.getxattr(path, name, value, room), out errno);

    /// <summary>Reads an attribute of an open file.</summary>
    /// <returns>Null: there is none, or the file system keeps none; the errno says which.</returns>
    public static string? Attribute(SafeFileHandle file, string name, out int errno) => Read((value, room) => LibC.fgetxattr(file, name, value, room), out errno);

    /// <summary>Writes an attribute; null removes it.</summary>
    /// <returns>0, or the errno.</returns>
    public static int SetAttribute(string path, string name, string? value)
    {
        if (value is null)
            return LibC.removexattr(path, name) < 0 ? LibC.Errno : 0;
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* at = bytes)
            return LibC.setxattr(path, name, at, (nuint)bytes.Length, 0) < 0 ? LibC.Errno : 0;
    }

    /// <summary>Writes an attribute of an open file.</summary>
    /// <returns>0, or the errno.</returns>
    public static int SetAttribute(SafeFileHandle file, string name, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* at = bytes)
            return LibC.fsetxattr(file, name, at, (nuint)bytes.Length, 0) < 0 ? LibC.Errno : 0;
    }

    delegate nint Reader(byte* value, nuint room);

    static string? Read(Reader read, out int errno)
    {
        const int usual = 512, most = 64 * 1024, tooLong = 34;
        Span<byte> room = stackalloc byte[usual];
        while (true)
        {
            fixed (byte* value = room)
            {
                nint length = read(value, (nuint)room.Length);
                errno = length < 0 ? LibC.Errno : 0;
                if (length >= 0)
                    return Encoding.UTF8.GetString(room[..(int)length]);
                if (errno != tooLong || room.Length == most)
                    return null;
            }
            room = new byte[most];
        }
    }
}
