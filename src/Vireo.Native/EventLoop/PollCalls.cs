using System.Runtime.InteropServices;

namespace Vireo.Native.EventLoop;

/// <summary>struct pollfd.</summary>
struct PollFd
{
    public const short In = 1, Out = 4, Error = 8, HangUp = 16;

    public int Fd;
    public short Events, Returned;
}

/// <summary>What the loop needs of the C library. A thread that waits in <c>poll</c> is outside of managed code.</summary>
static unsafe partial class PollCalls
{
    const int CloseOnExec = 0x80000, NonBlocking = 0x800, Interrupted = 4;

    /// <summary>The last poll of this thread failed, and not for a signal.</summary>
    internal static bool Failed => Marshal.GetLastPInvokeError() is not Interrupted;

    [LibraryImport("libc", SetLastError = true)] internal static partial int poll(PollFd* descriptors, nuint count, int milliseconds);
    [LibraryImport("libc")] private static partial int eventfd(uint value, int flags);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial int getpid();

    /// <summary>A descriptor that wakes who polls it; -1: there is none to be had.</summary>
    internal static int NewWaker() => eventfd(0, CloseOnExec | NonBlocking);
}
