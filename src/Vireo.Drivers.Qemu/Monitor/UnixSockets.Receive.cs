using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>Descriptors that come through sockets.</summary>
static partial class UnixSockets
{
    const int Room = 64;

    /// <summary>The descriptor that waits in a socket; null: none does.</summary>
    internal static unsafe SafeFileHandle? TakeDescriptor(SafeFileHandle socket)
    {
        const int SolSocket = 1, ScmRights = 1, DontWait = 0x40, KeepFromChildren = 0x40000000;
        byte* data = stackalloc byte[Room];
        var control = new Control();
        var vector = new Vector { Base = data, Length = Room };
        var message = new Message { Vectors = &vector, VectorCount = 1, Control = &control, ControlLength = sizeof(Control) };
        nint got = recvmsg((int)socket.DangerousGetHandle(), &message, DontWait | KeepFromChildren);
        return got >= 0 && message.ControlLength >= sizeof(Control) - sizeof(int) && control is { Level: SolSocket, Type: ScmRights }
            ? new SafeFileHandle(control.Descriptor, ownsHandle: true) : null;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint recvmsg(int socket, Message* message, int flags);
}
