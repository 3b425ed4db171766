using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>What the kernel keeps of files in memory.</summary>
public static class FileCache
{
    const int NotNeeded = 4;

    /// <summary>Has the kernel forget what it keeps of a file that is on its disk, so that a large file that is read once does not drive out what is needed.</summary>
    /// <param name="file">The file.</param>
    public static void Forget(SafeFileHandle file) => _ = LibC.posix_fadvise(file, 0, 0, NotNeeded);
}
