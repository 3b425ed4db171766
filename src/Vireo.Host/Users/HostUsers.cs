using System.Runtime.InteropServices;

namespace Vireo.Host.Users;

/// <summary>Users and groups of this host, as the name service knows them.</summary>
public static unsafe class HostUsers
{
    static readonly Lock Gate = new();      // getpwnam and its kin answer in memory that the next call overwrites

    /// <summary>The id of a user, given by name or by number; a number after '+' is never taken for a name. Null: there is none.</summary>
    public static uint? FindUser(string text)
    {
        if (Numeric(text) is { } number)
            return number;
        lock (Gate)
        {
            byte* entry = LibC.getpwnam(text);
            if (entry != null)
                return *(uint*)(entry + 2 * sizeof(nint));
        }
        return Plain(text);
    }

    /// <summary>The id of a group, likewise.</summary>
    public static uint? FindGroup(string text)
    {
        if (Numeric(text) is { } number)
            return number;
        lock (Gate)
        {
            byte* entry = LibC.getgrnam(text);
            if (entry != null)
                return *(uint*)(entry + 2 * sizeof(nint));
        }
        return Plain(text);
    }

    /// <summary>All groups of a user, its own first, and <paramref name="group"/>: what a process gets that runs as both.</summary>
    public static IReadOnlyList<uint> GroupsOf(uint user, uint group)
    {
        lock (Gate)
        {
            byte* entry = LibC.getpwuid(user);
            if (entry == null)
                return [group];
            byte* name = *(byte**)entry;
            uint own = *(uint*)(entry + 2 * sizeof(nint) + sizeof(uint));
            int room = 64;
            while (true)
            {
                var groups = new uint[room];
                int count = room;
                fixed (uint* at = groups)
                    if (LibC.getgrouplist(name, own, at, &count) < 0 && count > room)
                    {
                        room = count;
                        continue;
                    }
                List<uint> all = [.. groups.Take(count).Distinct()];
                if (!all.Contains(group))
                    all.Add(group);
                return all;
            }
        }
    }

    /// <summary>The name of a user; null: it has none.</summary>
    public static string? NameOfUser(uint user)
    {
        lock (Gate)
        {
            byte* entry = LibC.getpwuid(user);
            return entry == null ? null : Marshal.PtrToStringUTF8(*(nint*)entry);
        }
    }

    /// <summary>The name of a group; null: it has none.</summary>
    public static string? NameOfGroup(uint group)
    {
        lock (Gate)
        {
            byte* entry = LibC.getgrgid(group);
            return entry == null ? null : Marshal.PtrToStringUTF8(*(nint*)entry);
        }
    }

    /// <summary>The first group of a user; null: there is no such user.</summary>
    public static uint? GroupOf(uint user)
    {
        lock (Gate)
        {
            byte* entry = LibC.getpwuid(user);
            return entry == null ? null : *(uint*)(entry + 2 * sizeof(nint) + sizeof(uint));
        }
    }

    static uint? Numeric(string text) => text.StartsWith('+') ? Plain(text[1..]) : null;

    static uint? Plain(string text) =>
        uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out uint id) && id != uint.MaxValue ? id : null;
}
