using System.Runtime.InteropServices;

namespace Vireo.Host.Processes;

/// <summary>A list of texts as programs get them: pointers, and null at the end.</summary>
readonly unsafe ref struct NativeStrings
{
    readonly nint* all;

    public NativeStrings(IReadOnlyList<string> texts)
    {
        all = (nint*)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(nint));
        for (int i = 0; i < texts.Count; i++)
            all[i] = Marshal.StringToCoTaskMemUTF8(texts[i]);
    }

    /// <summary>The first of them; valid until this is disposed of.</summary>
    public byte** First => (byte**)all;

    public void Dispose()
    {
        for (nint* one = all; *one != 0; one++)
            Marshal.FreeCoTaskMem(*one);
        NativeMemory.Free(all);
    }
}

/// <summary>What a program finds of signals when it starts: none is blocked and none ignored, whatever the daemon does.</summary>
static unsafe class SpawnSignals
{
    const short SetSigDefault = 0x04, SetSigMask = 0x08;

    /// <summary>Says so in the attributes of a posix_spawn.</summary>
    /// <param name="attributes">Initialised.</param>
    /// <param name="more">Other flags.</param>
    public static void Set(byte* attributes, short more = 0)
    {
        ulong* none = stackalloc ulong[16], all = stackalloc ulong[16];
        new Span<ulong>(none, 16).Clear();
        new Span<ulong>(all, 16).Clear();
        all[0] = ~0ul;
        _ = LibC.posix_spawnattr_setsigmask(attributes, none);
        _ = LibC.posix_spawnattr_setsigdefault(attributes, all);
        _ = LibC.posix_spawnattr_setflags(attributes, (short)(SetSigDefault | SetSigMask | more));
    }
}
