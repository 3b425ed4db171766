using System.Diagnostics;

namespace Vireo.Native.Connections;

/// <summary>
/// Results of drivers. Those of this library have always completed when they return: the blocking transport and the test driver wait, if they must, in system calls.
/// </summary>
static class Sync
{
    internal static T Of<T>(ValueTask<T> call) => call.IsCompleted ? call.GetAwaiter().GetResult() : throw Pending();

    internal static void Wait(ValueTask call)
    {
        if (!call.IsCompleted)
            throw Pending();
        call.GetAwaiter().GetResult();
    }

    static UnreachableException Pending() => new("a driver of the C library did not complete its call");
}
