using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>Pipes between programs.</summary>
public static class HostPipe
{
    /// <summary>Makes one; both ends close when a program is started that does not inherit them.</summary>
    public static unsafe (SafeFileHandle Read, SafeFileHandle Write) Open()
    {
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0)
            throw HostErrors.Failed(LibC.Errno, "unable to create pipe");
        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }
}
