using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>What the kernel's security module is told of things that a thread makes.</summary>
public static unsafe class ThreadLabel
{
    /// <summary>The setting of sockets.</summary>
    public const string OfSockets = "sockcreate";

    /// <summary>Labels what the calling thread makes from now on.</summary>
    /// <param name="root">The host.</param>
    /// <param name="setting">What kind of things.</param>
    /// <param name="label">The label; null: as ever.</param>
    /// <returns>0, or the errno.</returns>
    public static int Set(FileSystemRoot root, string setting, string? label)
    {
        using SafeFileHandle? file = HostFile.TryOpen(root.Of("/proc/thread-self/attr/" + setting), FileUse.Write, out int errno);
        if (file is null)
            return errno;
        byte[] bytes = Encoding.UTF8.GetBytes(label ?? "\n");      // an empty line takes it back
        fixed (byte* at = bytes)
            return LibC.write((int)file.DangerousGetHandle(), at, (nuint)bytes.Length) < 0 ? LibC.Errno : 0;
    }
}
