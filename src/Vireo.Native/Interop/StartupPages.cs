using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vireo.Native.Interop;

/// <summary>
/// The memory that this library's own file takes. When the runtime starts it unpacks its tables out of constants that nobody looks at again, nearly two megabytes: their
/// pages are given back, once, before the first connection is opened. They are unchanged pages of the file: whoever reads them after all gets them from there.
/// </summary>
static unsafe partial class StartupPages
{
    const int DontNeed = 4;
    static int done;

    /// <summary>What the compiler made (ReadyToRunHeader of the runtime); its sections are behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct Module
    {
        internal const uint Mark = 0x00525452; // "RTR"
        public uint Signature;
        public ushort Major, Minor;
        public uint Flags;
        public ushort SectionCount;
        public byte SectionSize, SectionType;
    }

    /// <summary>One of its sections.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct ModuleSection
    {
        internal const int DehydratedData = 207;
        public int Id, Flags;
        public nuint Start, End;
    }

    // Of our own assembler (Abi/shim), and linked as libc is.
    [LibraryImport("libc"), SuppressGCTransition] private static partial Module** vireo_modules();
    [LibraryImport("libc")] private static partial int madvise(void* start, nuint length, int advice);

    internal static void GiveBack()
    {
        if (RuntimeFeature.IsDynamicCodeSupported || Interlocked.Exchange(ref done, 1) is not 0)
            return; // nothing of this is there while code is compiled as it runs
        Module* module = *vireo_modules();
        if (module->Signature is not Module.Mark || module->SectionSize != sizeof(ModuleSection))
            return;
        foreach (ref readonly ModuleSection section in new ReadOnlySpan<ModuleSection>(module + 1, module->SectionCount))
        {
            if (section.Id is ModuleSection.DehydratedData)
                Drop(section.Start, section.End);
        }
    }

    /// <summary>Drops the whole pages between two addresses.</summary>
    static void Drop(nuint start, nuint end)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        (start, end) = ((start + page - 1) & ~(page - 1), end & ~(page - 1));
        if (start < end)
            _ = madvise((void*)start, end - start, DontNeed);
    }
}
