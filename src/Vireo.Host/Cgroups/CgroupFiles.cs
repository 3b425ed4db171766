using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Host.Cgroups;

/// <summary>The small files of control groups: one write is one order to the kernel.</summary>
static unsafe class CgroupFiles
{
    /// <summary>The content; nothing where it cannot be read.</summary>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Writes a value in one go, over what is there.</summary>
    /// <returns>0, or the errno.</returns>
    public static int TryWrite(string path, string value)
    {
        // The kernel lets nobody create files here; in a tree of tests they come to be.
        int file = LibC.open(path, LibC.O_WRONLY | LibC.O_TRUNC | LibC.O_CREAT | LibC.O_CLOEXEC, 0x1a4);
        if (file < 0)
            return LibC.Errno is LibC.EACCES or LibC.EPERM && !File.Exists(path) ? LibC.ENOENT : LibC.Errno;
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        int errno = 0;
        fixed (byte* at = bytes)
            if (LibC.write(file, at, (nuint)bytes.Length) < 0)
                errno = LibC.Errno;
        _ = LibC.close(file);
        return errno;
    }

    /// <summary>Writes a value.</summary>
    /// <exception cref="VireoException">The kernel refuses, in libvirt's words.</exception>
    public static void Write(string path, string value)
    {
        if (TryWrite(path, value) is not 0 and var errno)
            throw VireoException.System(ErrorDomain.Cgroup, errno,
                errno == LibC.EINVAL ? $"Invalid value '{value}' for '{Path.GetFileName(path)}'" : $"Unable to write to '{path}'");
    }

    /// <summary>Makes a folder, which may be there.</summary>
    /// <returns>0, or the errno.</returns>
    public static int Make(string folder) => LibC.mkdir(folder, 0x1ed) == 0 || LibC.Errno == LibC.EEXIST ? 0 : LibC.Errno;
}
