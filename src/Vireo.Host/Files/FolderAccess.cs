using System.Runtime.InteropServices;

namespace Vireo.Host.Files;

/// <summary>
/// Lets single users pass through a folder that is otherwise closed to them, by an entry in its access list: the attribute
/// system.posix_acl_access, a version (4 bytes: 2) and entries of 8 bytes: tag, permissions, id.
/// </summary>
public static unsafe class FolderAccess
{
    const string Name = "system.posix_acl_access";
    const ushort OwnerTag = 1, UserTag = 2, GroupTag = 4, MaskTag = 16, OtherTag = 32, Search = 1;
    const uint NoId = uint.MaxValue;

    readonly record struct Entry(ushort Tag, ushort Permissions, uint Id);

    /// <summary>Lets them search the folder; what else is allowed there stays as it is.</summary>
    /// <returns>False: the file system keeps no access lists, or the folder is not ours.</returns>
    public static bool LetPass(string folder, IEnumerable<uint> users)
    {
        if (FileOwner.Find(folder, out _) is not { } facts)
            return false;
        List<Entry> entries = Read(folder) ?? OfMode(facts.Mode);
        bool masked = entries.Exists(static e => e.Tag == MaskTag);
        ushort mask = masked ? entries.Find(static e => e.Tag == MaskTag).Permissions : entries.Find(static e => e.Tag == GroupTag).Permissions;
        foreach (uint user in users)
        {
            if (user == facts.Owner.User)
                continue;
            int at = entries.FindIndex(e => e.Tag == UserTag && e.Id == user);
            if (at < 0)
                entries.Add(new Entry(UserTag, Search, user));
            else
                entries[at] = entries[at] with { Permissions = (ushort)(entries[at].Permissions | Search) };
        }
        entries.RemoveAll(static e => e.Tag == MaskTag);
        entries.Add(new Entry(MaskTag, (ushort)(mask | Search), NoId));
        return Write(folder, [.. entries.OrderBy(static e => e.Tag).ThenBy(static e => e.Id)]);
    }

    static List<Entry> OfMode(int mode) =>
    [
        new(OwnerTag, (ushort)(mode >> 6 & 7), NoId), new(GroupTag, (ushort)(mode >> 3 & 7), NoId), new(OtherTag, (ushort)(mode & 7), NoId),
    ];

    static List<Entry>? Read(string folder)
    {
        const int room = 4096;
        byte* value = stackalloc byte[room];
        nint length = LibC.getxattr(folder, Name, value, room);
        if (length < 4 + 3 * 8 || (length - 4) % 8 != 0)
            return null;
        var bytes = new ReadOnlySpan<byte>(value, (int)length);
        var entries = new List<Entry>();
        for (ReadOnlySpan<byte> rest = bytes[4..]; !rest.IsEmpty; rest = rest[8..])
            entries.Add(new Entry(MemoryMarshal.Read<ushort>(rest), MemoryMarshal.Read<ushort>(rest[2..]), MemoryMarshal.Read<uint>(rest[4..])));
        return entries;
    }

    static bool Write(string folder, Entry[] entries)
    {
        byte[] value = new byte[4 + 8 * entries.Length];
        MemoryMarshal.Write(value, 2);
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> at = value.AsSpan(4 + 8 * i);
            MemoryMarshal.Write(at, entries[i].Tag);
            MemoryMarshal.Write(at[2..], entries[i].Permissions);
            MemoryMarshal.Write(at[4..], entries[i].Id);
        }
        fixed (byte* first = value)
            return LibC.setxattr(folder, Name, first, (nuint)value.Length, 0) == 0;
    }
}
