using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Devices;

/// <summary>
/// Hears of devices that come, change and go, by netlink. Only root can send there. Where udev runs, its messages count, which come when it has looked at the
/// device; else the kernel's own.
/// </summary>
public sealed class DeviceEvents : IDisposable
{
    const int NetlinkFamily = 16, Raw = 3, CloseOnExec = 0x80000, UeventProtocol = 15, KernelGroup = 1, UdevGroup = 2, NoRoom = 105;
    const int SocketLevel = 1, ReceiveBuffer = 8, ReceiveBufferForce = 33, Room = 4 * 1024 * 1024, LongestMessage = 64 * 1024;

    readonly Socket socket;
    readonly string udevControl;

    /// <summary>Listens from now on.</summary>
    /// <param name="udevControl">The file that is there while udev runs.</param>
    public DeviceEvents(string udevControl = "/run/udev/control")
    {
        this.udevControl = udevControl;
        socket = new Socket(new SafeSocketHandle(Open(), ownsHandle: true));
    }

    static unsafe nint Open()
    {
        SafeFileHandle handle = LibC.Handle(LibC.socket(NetlinkFamily, Raw | CloseOnExec, UeventProtocol), "cannot create a netlink socket");
        int fd = (int)handle.DangerousGetHandle(), room = Room;
        if (LibC.setsockopt(fd, SocketLevel, ReceiveBufferForce, &room, sizeof(int)) < 0)
            _ = LibC.setsockopt(fd, SocketLevel, ReceiveBuffer, &room, sizeof(int));
        // struct sockaddr_nl: family, padding, port, groups
        byte* address = stackalloc byte[12];
        new Span<byte>(address, 12).Clear();
        *(ushort*)address = NetlinkFamily;
        *(uint*)(address + 8) = KernelGroup | UdevGroup;
        if (LibC.bind(fd, address, 12) < 0)
        {
            int errno = LibC.Errno;
            handle.Dispose();
            throw HostErrors.Failed(errno, "cannot listen for device events");
        }
        handle.SetHandleAsInvalid();
        return fd;
    }

    /// <summary>The next event.</summary>
    /// <returns>Null: some were lost, and everything must be looked at again.</returns>
    public async Task<DeviceEvent?> NextAsync(CancellationToken cancel)
    {
        byte[] buffer = new byte[LongestMessage];
        while (true)
        {
            int length;
            try
            {
                length = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancel).ConfigureAwait(false);
            }
            catch (SocketException lost) when (lost.SocketErrorCode is SocketError.NoBufferSpaceAvailable || lost.NativeErrorCode == NoRoom)
            {
                return null;
            }
            if (DeviceEvent.Parse(buffer.AsSpan(0, length)) is { } found && (found.FromUdev || !File.Exists(udevControl)))
                return found;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
