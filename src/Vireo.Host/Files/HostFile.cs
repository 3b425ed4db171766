using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>How a file is opened.</summary>
[Flags]
public enum FileUse
{
    /// <summary>To read.</summary>
    Read = 0,
    /// <summary>To write.</summary>
    Write = 1,
    /// <summary>To read and write.</summary>
    ReadWrite = 2,
    /// <summary>It is made, and must not be there.</summary>
    New = 0x80 | 0x40,
    /// <summary>Opening a device or pipe does not wait.</summary>
    NoWait = 0x800 | 0x100,
}

/// <summary>How full a file system is, in bytes.</summary>
/// <param name="Capacity">All of it.</param>
/// <param name="Free">What is free, also for root alone.</param>
public readonly record struct FileSystemRoom(ulong Capacity, ulong Free);

/// <summary>
/// Files as the kernel offers them and .NET does not: no lock is taken, sizes and holes are chosen. Each answers 0 or an errno, since what a failure
/// is called depends on who asks.
/// </summary>
public static unsafe class HostFile
{
    const int SeekData = 3, SeekHole = 4, NoSuchOffset = 6;
    const ulong CloneFile = 0x40049409, DeviceSize = 0x80081272, GetFlags = 0x80086601, SetFlags = 0x40086602;
    const int NoCow = 0x00800000, LongestPath = 4096;

    /// <summary>Opens a file; null with errno in <paramref name="errno"/>.</summary>
    public static SafeFileHandle? TryOpen(string path, FileUse use, out int errno, int mode = 0x180) => Take(LibC.open(path, (int)use | LibC.O_CLOEXEC, mode), out errno);

    /// <summary>Opens a file of an open folder; null with errno in <paramref name="errno"/>.</summary>
    public static SafeFileHandle? TryOpen(SafeFileHandle folder, string name, FileUse use, out int errno) =>
        Take(LibC.openat(folder, name, (int)use | LibC.O_CLOEXEC, 0), out errno);

    /// <summary>Opens a folder; null with errno in <paramref name="errno"/>.</summary>
    public static SafeFileHandle? TryOpenFolder(string path, out int errno) => Take(LibC.open(path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0), out errno);

    /// <summary>Another descriptor of an open file, which no program inherits; null with errno in <paramref name="errno"/>.</summary>
    public static SafeFileHandle? TryDuplicate(SafeFileHandle file, out int errno) => Take(LibC.fcntl(file, LibC.F_DUPFD_CLOEXEC, 3), out errno);

    static SafeFileHandle? Take(int fd, out int errno)
    {
        errno = fd < 0 ? LibC.Errno : 0;
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    /// <summary>A path without symbolic links and dots, as the kernel knows the file; null: it is not there, or cannot be reached.</summary>
    public static string? RealPath(string path)
    {
        byte* room = stackalloc byte[LongestPath];
        return LibC.realpath(path, room) == null ? null : Marshal.PtrToStringUTF8((nint)room);
    }

    /// <summary>The path of an open file; of what has none, a word of the kernel's, such as <c>pipe:[4711]</c>. Null: it is closed.</summary>
    public static string? PathOf(SafeHandle file) => new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget;

    /// <summary>Makes a file longer or shorter; what comes in is a hole.</summary>
    public static int Resize(SafeFileHandle file, ulong length) => length > long.MaxValue ? FileTooLarge : Errno(LibC.ftruncate(file, (long)length));

    /// <summary>EFBIG.</summary>
    public const int FileTooLarge = 27;

    /// <summary>Takes the space for a part of a file, which grows if the part ends behind it.</summary>
    public static int Allocate(SafeFileHandle file, ulong offset, ulong length) => length == 0 ? 0
        : offset > long.MaxValue || length > long.MaxValue ? FileTooLarge : LibC.posix_fallocate(file, (long)offset, (long)length);

    /// <summary>Waits until everything is on the disk.</summary>
    public static int Sync(SafeFileHandle file) => Errno(LibC.fsync(file));

    /// <summary>Shares another file's content until one of them changes, where the file system can.</summary>
    public static int Clone(SafeFileHandle from, SafeFileHandle to) => Errno(LibC.ioctl(to, CloneFile, (nint)from.DangerousGetHandle()));

    /// <summary>Changes are made in place on a file system that writes elsewhere (btrfs); the file must be empty.</summary>
    public static int TurnOffCopyOnWrite(SafeFileHandle file)
    {
        long flags = 0;
        if (LibC.ioctl(file, GetFlags, (nint)(&flags)) < 0)
            return LibC.Errno;
        flags |= NoCow;
        return Errno(LibC.ioctl(file, SetFlags, (nint)(&flags)));
    }

    /// <summary>The bytes of a block device; null: it is none.</summary>
    public static ulong? FindDeviceSize(SafeFileHandle device)
    {
        ulong size = 0;
        return LibC.ioctl(device, DeviceSize, (nint)(&size)) < 0 ? null : size;
    }

    /// <summary>Where from <paramref name="at"/> on data begins; null: there is none up to the file's end.</summary>
    public static long? FindData(SafeFileHandle file, long at) => Seek(file, at, SeekData);

    /// <summary>Where from <paramref name="at"/> on a hole begins, at the latest the file's end; null: the file ends before.</summary>
    public static long? FindHole(SafeFileHandle file, long at) => Seek(file, at, SeekHole);

    static long? Seek(SafeFileHandle file, long at, int what)
    {
        long found = LibC.lseek((int)file.DangerousGetHandle(), at, what);
        return found >= 0 ? found : LibC.Errno == NoSuchOffset ? null : throw HostErrors.Failed(LibC.Errno, "cannot look for holes");
    }

    /// <summary>Makes a folder.</summary>
    public static int MakeFolder(string path, int mode) => Errno(LibC.mkdir(path, mode));

    /// <summary>Removes an empty folder.</summary>
    public static int RemoveFolder(string path) => Errno(LibC.rmdir(path));

    /// <summary>Removes a file.</summary>
    public static int Remove(string path) => Errno(LibC.unlink(path));

    /// <summary>Whether the daemon may do something with a file (access): 4 read, 2 write, 1 run.</summary>
    public static int CheckAccess(string path, int how) => Errno(LibC.access(path, how));

    /// <summary>How full the file system is that a path is on; null with errno in <paramref name="errno"/>.</summary>
    public static FileSystemRoom? FindRoom(string path, out int errno)
    {
        ulong* facts = stackalloc ulong[32];
        errno = LibC.statvfs(path, facts) < 0 ? LibC.Errno : 0;
        return errno != 0 ? null : new FileSystemRoom(facts[1] * facts[2], facts[1] * facts[3]);
    }

    static int Errno(int result) => result < 0 ? LibC.Errno : 0;
}
