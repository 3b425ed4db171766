using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>Files that several processes append to.</summary>
public static unsafe class LogFile
{
    /// <summary>Opens one so that every write, whoever's, goes to its end.</summary>
    public static SafeFileHandle OpenToAppend(string path) => LibC.Handle(
        LibC.open(path, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_CLOEXEC | LibC.O_NOFOLLOW, 0x180), $"cannot open log file '{path}'");

    /// <summary>Opens a file that a user named for what a guest writes; it is made for its owner alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Every write goes to its end; else it is emptied first.</param>
    public static SafeFileHandle OpenNamed(string path, bool append) => LibC.Handle(
        LibC.open(path, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_CLOEXEC | (append ? LibC.O_APPEND : LibC.O_TRUNC), 0x180), $"Unable to open file: {path}");

    /// <summary>Adds text.</summary>
    public static void Append(SafeFileHandle log, string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (rest.Length > 0)
        {
            nint written;
            fixed (byte* at = rest)
                written = LibC.write((int)log.DangerousGetHandle(), at, (nuint)rest.Length);
            if (written < 0 && LibC.Errno != LibC.EINTR)
                throw HostErrors.Failed(LibC.Errno, "cannot write to a log file");
            rest = rest[(int)Math.Max(0, written)..];
        }
    }
}
