using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Host.Cgroups;

/// <summary>
/// The rules for devices of a group of cgroup v2: a small program that the kernel runs at each opening of a node, and a table that it looks into. Table and
/// keys are laid out as libvirt lays them out, so that a daemon of either kind finds and changes what the other made: key minor, major (all ones: any),
/// value access in the upper half (1 make, 2 read, 4 write) and type in the lower (1 block, 2 character).
/// </summary>
static unsafe class DeviceProgram
{
    const uint Any = uint.MaxValue, Room = 4096;
    const int Read2 = 2, Write4 = 4, Block = 1, Character = 2;

    /// <summary>Whether the kernel takes such programs from us for groups at a place.</summary>
    public static bool IsUsable(string folder)
    {
        using SafeFileHandle group = OpenFolder(folder);
        if (group.IsInvalid)
            return false;
        uint ids;
        return (Bpf.Query(group, &ids, 1) >= 0 || LibC.Errno == LibC.ENOSPC) && Bpf.CanLoad();
    }

    /// <summary>Puts a program with these rules in the place of the one that is there.</summary>
    public static void Attach(string folder, IReadOnlyCollection<DeviceRule> rules)
    {
        using SafeFileHandle table = Check(Bpf.MakeTable(8, 4, Math.Max(Room, (uint)rules.Count)), folder);
        foreach (DeviceRule rule in rules)
            Put(table, rule, folder);
        using SafeFileHandle program = Check(Bpf.Load(Instructions((int)table.DangerousGetHandle())), folder);
        using SafeFileHandle group = Check(OpenFolder(folder), folder);
        if (Bpf.Attach(group, program) < 0)
            throw Failed(folder);
    }

    /// <summary>Adds a rule, or widens one.</summary>
    public static void Put(string folder, DeviceRule rule)
    {
        using SafeFileHandle table = Table(folder) ?? throw VireoException.System(ErrorDomain.Cgroup, LibC.ENOENT, $"no rules for devices at '{folder}'");
        Put(table, rule, folder);
    }

    /// <summary>Takes a rule away; one that is not there is none.</summary>
    public static void Remove(string folder, DeviceRule rule)
    {
        if (Table(folder) is not { } table)
            return;
        using (table)
        {
            ulong key = KeyOf(rule);
            if (Bpf.Delete(table, &key) < 0 && LibC.Errno != LibC.ENOENT)
                throw Failed(folder);
        }
    }

    /// <summary>The rules at a place; null: there are none.</summary>
    public static IReadOnlyList<DeviceRule>? Read(string folder)
    {
        if (Table(folder) is not { } table)
            return null;
        var rules = new List<DeviceRule>();
        using (table)
        {
            ulong key = 0, next;
            for (bool first = true; rules.Count < Room && Bpf.Next(table, first ? null : &key, &next) >= 0; first = false)
            {
                key = next;
                uint value;
                if (Bpf.Lookup(table, &key, &value) < 0)
                    continue;
                uint minor = (uint)key, major = (uint)(key >> 32);
                rules.Add(new((value & Block) != 0, major, minor == Any ? null : minor, ((value >> 16) & Write4) != 0));
            }
        }
        return rules;
    }

    static void Put(SafeFileHandle table, DeviceRule rule, string folder)
    {
        ulong key = KeyOf(rule);
        uint value = ((rule.MayWrite ? (uint)(Read2 | Write4) : Read2) << 16) | (rule.IsBlock ? (uint)Block : Character), before;
        // One number may stand for a block and a character device.
        if (Bpf.Lookup(table, &key, &before) >= 0)
            value |= before;
        if (Bpf.Update(table, &key, &value) < 0)
            throw Failed(folder);
    }

    static ulong KeyOf(DeviceRule rule) => (rule.Minor ?? Any) | ((ulong)rule.Major << 32);

    static SafeFileHandle? Table(string folder)
    {
        using SafeFileHandle group = OpenFolder(folder);
        if (group.IsInvalid)
            return null;
        const int room = 16;        // others may have attached theirs beside ours; those have no table
        uint* ids = stackalloc uint[room];
        int count = Bpf.Query(group, ids, room);
        for (int i = 0; i < count; i++)
        {
            using SafeFileHandle program = Bpf.OpenProgram(ids[i]);
            if (!program.IsInvalid && Bpf.TableOf(program) is { } id && Bpf.OpenTable(id) is { IsInvalid: false } table)
                return table;
        }
        return null;
    }

    static SafeFileHandle OpenFolder(string folder) => new(LibC.open(folder, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0), ownsHandle: true);

    static SafeFileHandle Check(SafeFileHandle made, string folder) => made.IsInvalid ? throw Failed(folder) : made;

    static VireoException Failed(string folder) => VireoException.System(ErrorDomain.Cgroup, LibC.Errno, $"Unable to set the rules for devices of '{folder}'");

    // r6: what is asked. For the device, its driver and everything in turn: is there an entry that grants all of the access, for this type?
    static byte[] Instructions(int table)
    {
        var program = new List<ulong> { Code(0xbf, 6, 1) };                      // r6 = r1
        var grants = new List<int>();
        foreach (var (major, minor) in (ReadOnlySpan<(bool, bool)>)[(true, true), (true, false), (false, true), (false, false)])
        {
            if (minor)
            {
                program.Add(Code(0x61, 2, 6, 8));                               // r2 = asked.minor
                program.Add(Code(0x63, 10, 2, -8));                             // key.minor = r2
            }
            else
                program.Add(Code(0x62, 10, 0, -8, -1));                         // key.minor = any
            if (major)
            {
                program.Add(Code(0x61, 2, 6, 4));
                program.Add(Code(0x63, 10, 2, -4));
            }
            else
                program.Add(Code(0x62, 10, 0, -4, -1));
            program.Add(Code(0xbf, 2, 10));                                     // r2 = stack
            program.Add(Code(0x07, 2, 0, 0, -8));                               // r2 -= 8
            program.Add(Code(0x18, 1, 1, 0, table));                            // r1 = table, in two slots
            program.Add(0);
            program.Add(Code(0x85, 0, 0, 0, 1));                                // r0 = look up
            program.Add(Code(0x15, 0, 0, 4));                                   // none: the next key
            program.Add(Code(0x61, 1, 0));                                      // r1 = entry
            program.Add(Code(0x61, 2, 6));                                      // r2 = asked.access_and_type
            program.Add(Code(0x5f, 1, 2));                                      // r1 &= r2
            grants.Add(program.Count);
            program.Add(0);                                                     // all of it: grant
        }
        program.Add(Code(0xb7, 0, 0));                                          // r0 = 0
        program.Add(Code(0x95, 0, 0));                                          // exit
        foreach (int at in grants)
            program[at] = Code(0x1d, 1, 2, (short)(program.Count - at - 1));
        program.Add(Code(0xb7, 0, 0, 0, 1));
        program.Add(Code(0x95, 0, 0));
        byte[] bytes = new byte[program.Count * 8];
        for (int i = 0; i < program.Count; i++)
            MemoryMarshal.Write(bytes.AsSpan(i * 8), program[i]);
        return bytes;
    }

    static ulong Code(byte operation, int to, int from, short offset = 0, int number = 0)
    {
        Span<byte> slot = stackalloc byte[8];
        slot[0] = operation;
        slot[1] = BitConverter.IsLittleEndian ? (byte)(to | (from << 4)) : (byte)((to << 4) | from);
        MemoryMarshal.Write(slot[2..], offset);
        MemoryMarshal.Write(slot[4..], number);
        return MemoryMarshal.Read<ulong>(slot);
    }
}
