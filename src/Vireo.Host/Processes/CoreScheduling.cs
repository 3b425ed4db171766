using System.Runtime.InteropServices;

namespace Vireo.Host.Processes;

/// <summary>The kernel's core scheduling: only threads that trust each other run on one core at a time.</summary>
public static unsafe partial class CoreScheduling
{
    const int SchedCore = 62, Get = 0, OneThread = 0;

    /// <summary>This host's kernel has it, and its processors need it.</summary>
    public static bool IsAvailable()
    {
        ulong cookie;
        return prctl(SchedCore, Get, 0, OneThread, &cookie) == 0;
    }

    [LibraryImport("libc.so.6")]
    private static partial int prctl(int option, nuint what, nuint thread, nuint scope, void* answer);
}
