using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Network;

/// <summary>Hears what the kernel tells groups of listeners by netlink.</summary>
public sealed class NetlinkListener : IDisposable
{
    const int NetlinkFamily = 16, Raw = 3, CloseOnExec = 0x80000, NoRoom = 105;
    const int SocketLevel = 1, ReceiveBuffer = 8, ReceiveBufferForce = 33, Room = 4 * 1024 * 1024;

    readonly Socket socket;

    /// <summary>Listens from now on.</summary>
    /// <param name="protocol">Of the kernel's: 0 is links and addresses, 12 the packet filter, 15 devices.</param>
    /// <param name="groups">The first is 1, the second 2, the third 4.</param>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    public NetlinkListener(int protocol, uint groups) => socket = new Socket(new SafeSocketHandle(Open(protocol, groups), ownsHandle: true));

    static unsafe nint Open(int protocol, uint groups)
    {
        SafeFileHandle handle = LibC.Handle(LibC.socket(NetlinkFamily, Raw | CloseOnExec, protocol), "cannot create a netlink socket");
        int fd = (int)handle.DangerousGetHandle(), room = Room;
        if (LibC.setsockopt(fd, SocketLevel, ReceiveBufferForce, &room, sizeof(int)) < 0)
            _ = LibC.setsockopt(fd, SocketLevel, ReceiveBuffer, &room, sizeof(int));
        // struct sockaddr_nl: family, padding, port, groups
        byte* address = stackalloc byte[12];
        new Span<byte>(address, 12).Clear();
        *(ushort*)address = NetlinkFamily;
        *(uint*)(address + 8) = groups;
        if (LibC.bind(fd, address, 12) < 0)
        {
            int errno = LibC.Errno;
            handle.Dispose();
            throw HostErrors.Failed(errno, "cannot listen by netlink");
        }
        handle.SetHandleAsInvalid();
        return fd;
    }

    /// <summary>The next messages.</summary>
    /// <param name="buffer">What takes them.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How long they are; null: some were lost, and everything must be looked at again.</returns>
    public async Task<int?> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, cancel).ConfigureAwait(false);
        }
        catch (SocketException lost) when (lost.SocketErrorCode is SocketError.NoBufferSpaceAvailable || lost.NativeErrorCode == NoRoom)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
