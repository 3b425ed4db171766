using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// Files that several write to, each at their end: the kernel's O_APPEND, which the runtime's FileMode.Append is not.
/// </summary>
static partial class AppendFile
{
    const int WriteOnly = 1, Create = 0x40, Append = 0x400, CloseOnExec = 0x80000, OwnerOnly = 0x180;

    internal static SafeFileHandle Open(string path)
    {
        int descriptor = open(path, WriteOnly | Create | Append | CloseOnExec, OwnerOnly);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw VireoException.System(ErrorDomain.Qemu, Marshal.GetLastPInvokeError(), $"Unable to open file: {path}");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);
}
