using System.Runtime.InteropServices;

namespace Vireo.Host.Files;

/// <summary>Where the next read or write of a descriptor goes, for whoever inherits it.</summary>
public static class FilePosition
{
    /// <summary>Sets it, in bytes from the begin.</summary>
    public static void Set(SafeHandle file, long position)
    {
        if (LibC.lseek((int)file.DangerousGetHandle(), position, 0) < 0)
            throw HostErrors.Failed(LibC.Errno, "unable to seek");
    }
}
