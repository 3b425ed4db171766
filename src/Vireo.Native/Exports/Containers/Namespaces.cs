using System.Runtime.InteropServices;

namespace Vireo.Native.Exports.Containers;

/// <summary>The kernel's calls for namespaces.</summary>
static unsafe partial class Namespaces
{
    internal const int O_WRONLY = 1, O_CLOEXEC = 0x80000, CLONE_FS = 0x200;
    const int CLONE_NEWNS = 0x20000;
    const nuint NS_GET_NSTYPE = 0xb703;

    [LibraryImport("libc", SetLastError = true)] internal static partial int setns(int fd, int type);
    [LibraryImport("libc", SetLastError = true)] internal static partial int unshare(int flags);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)] internal static partial int open(string path, int flags);
    [LibraryImport("libc", SetLastError = true)] private static partial int ioctl(int fd, nuint request, nint argument);

    /// <summary>Whether a descriptor is of a namespace of mounts.</summary>
    internal static bool IsOfMounts(int fd) => ioctl(fd, NS_GET_NSTYPE, 0) is CLONE_NEWNS;
}
