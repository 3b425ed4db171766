using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Cgroups;

/// <summary>bpf(2), as far as programs for devices need it. Everything returns what the call does and sets errno.</summary>
static unsafe partial class Bpf
{
    const int LoadTries = 100;
    const int Size = 128;       // room for the attributes of any of these calls

    const int MapCreate = 0, MapLookup = 1, MapUpdate = 2, MapDelete = 3, MapNext = 4, ProgramLoad = 5, ProgramAttach = 8, ProgramOpen = 13, MapOpen = 14,
        ObjectInfo = 15, ProgramQuery = 16;
    const uint HashTable = 1, WithoutReserve = 1, CgroupDeviceProgram = 15, CgroupDeviceAttach = 6;

    static readonly nint Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.X86 => 357,
        Architecture.S390x => 351,
        Architecture.Ppc64le => 361,
        Architecture.Arm => 386,
        _ => 280,
    };

    public static SafeFileHandle MakeTable(uint key, uint value, uint room)
    {
        Attributes zeros = default;
        byte* with = (byte*)&zeros;
        uint* word = (uint*)with;
        (word[0], word[1], word[2], word[3], word[4]) = (HashTable, key, value, room, WithoutReserve);
        return new(Call(MapCreate, with), ownsHandle: true);
    }

    public static int Lookup(SafeFileHandle table, void* key, void* value) => Element(MapLookup, table, key, value);

    public static int Update(SafeFileHandle table, void* key, void* value) => Element(MapUpdate, table, key, value);

    public static int Delete(SafeFileHandle table, void* key) => Element(MapDelete, table, key, null);

    public static int Next(SafeFileHandle table, void* key, void* next) => Element(MapNext, table, key, next);

    public static SafeFileHandle Load(ReadOnlySpan<byte> instructions)
    {
        Attributes zeros = default;
        byte* with = (byte*)&zeros;
        ReadOnlySpan<byte> licence = "GPL\0"u8;       // what the kernel asks is whether its helpers for GPL programs may be used
        fixed (byte* code = instructions, text = licence)
        {
            uint* word = (uint*)with;
            (word[0], word[1]) = (CgroupDeviceProgram, (uint)(instructions.Length / 8));
            *(ulong*)(with + 8) = (ulong)code;
            *(ulong*)(with + 16) = (ulong)text;
            // The kernel leaves off its check of a program when a signal comes, the runtime's own among them.
            int made = -1;
            for (int tries = 0; tries < LoadTries && (made = Call(ProgramLoad, with)) < 0 && LibC.Errno is (LibC.EAGAIN or LibC.EINTR); tries++)
                ;
            return new(made, ownsHandle: true);
        }
    }

    /// <summary>Whether a program that allows everything can be loaded; it goes at once.</summary>
    public static bool CanLoad()
    {
        ReadOnlySpan<ulong> allow = BitConverter.IsLittleEndian ? [0x0000_0001_0000_00b7, 0x95] : [0xb700_0000_0000_0001, 0x9500_0000_0000_0000];
        using SafeFileHandle program = Load(MemoryMarshal.AsBytes(allow));
        return !program.IsInvalid;
    }

    public static int Attach(SafeFileHandle group, SafeFileHandle program)
    {
        Attributes zeros = default;
        byte* with = (byte*)&zeros;
        uint* word = (uint*)with;
        (word[0], word[1], word[2]) = ((uint)group.DangerousGetHandle(), (uint)program.DangerousGetHandle(), CgroupDeviceAttach);
        return Call(ProgramAttach, with);
    }

    /// <summary>How many programs for devices a group has itself; their ids as far as there is room.</summary>
    public static int Query(SafeFileHandle group, uint* ids, uint room)
    {
        Attributes zeros = default;
        byte* with = (byte*)&zeros;
        uint* word = (uint*)with;
        (word[0], word[1], word[6]) = ((uint)group.DangerousGetHandle(), CgroupDeviceAttach, room);
        *(ulong*)(with + 16) = (ulong)ids;
        return Call(ProgramQuery, with) < 0 ? -1 : (int)word[6];
    }

    public static SafeFileHandle OpenProgram(uint id) => Open(ProgramOpen, id);

    public static SafeFileHandle OpenTable(uint id) => Open(MapOpen, id);

    /// <summary>The id of the first table that a program uses; null: it uses none.</summary>
    public static uint? TableOf(SafeFileHandle program)
    {
        const int length = 256, count = 52, ids = 56;
        Attributes zeros = default;
        byte* with = (byte*)&zeros, facts = stackalloc byte[length];
        new Span<byte>(facts, length).Clear();
        uint table = 0;
        *(uint*)(facts + count) = 1;
        *(ulong*)(facts + ids) = (ulong)&table;
        (((uint*)with)[0], ((uint*)with)[1]) = ((uint)program.DangerousGetHandle(), length);
        *(ulong*)(with + 8) = (ulong)facts;
        return Call(ObjectInfo, with) >= 0 && *(uint*)(facts + count) > 0 ? table : null;
    }

    static SafeFileHandle Open(int command, uint id)
    {
        Attributes zeros = default;
        byte* with = (byte*)&zeros;
        *(uint*)with = id;
        return new(Call(command, with), ownsHandle: true);
    }

    static int Element(int command, SafeFileHandle table, void* key, void* value)
    {
        Attributes zeros = default;
        byte* with = (byte*)&zeros;
        *(uint*)with = (uint)table.DangerousGetHandle();
        *(ulong*)(with + 8) = (ulong)key;
        *(ulong*)(with + 16) = (ulong)value;
        return Call(command, with);
    }

    struct Attributes
    {
#pragma warning disable CS0649 // the kernel's, by offsets
        public fixed byte Bytes[Size];
#pragma warning restore CS0649
    }

    static int Call(int command, byte* with) => (int)syscall(Number, command, with, Size);

    [LibraryImport("libc.so.6", SetLastError = true)]
    private static partial nint syscall(nint number, nint command, byte* attributes, nint size);
}
