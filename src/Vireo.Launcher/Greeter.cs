using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Host.Processes;

namespace Vireo.Launcher;

/// <summary>Says something to somebody at a unix socket, who learns by it which process this is.</summary>
static unsafe class Greeter
{
    const int AF_UNIX = 1, SOCK_STREAM = 1, SOCK_CLOEXEC = 0x80000, O_PATH = 0x200000;
    const int ENAMETOOLONG = 36, EPROTO = 71, PathRoom = 107;
    const int Header = 28, StatusAt = 24, MostOfAnAnswer = 64 * 1024;

    /// <summary>The connection; below 0, with errno: it is not as it should be.</summary>
    public static int Greet(LaunchOrders orders)
    {
        int fd = LibC.socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0 || !Connect(fd, orders.GreetSocket))
            return -1;
        foreach (int at in orders.GreetPidAt)
            BinaryPrimitives.WriteInt32BigEndian(orders.Greeting.AsSpan(at), LibC.getpid());
        if (!Write(fd, orders.Greeting))
            return -1;
        for (int i = 0; i < orders.GreetReplies; i++)
            if (!IsWell(fd))
                return -1;
        return fd;
    }

    // A path that is too long for an address is reached through its folder.
    static bool Connect(int fd, string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > PathRoom)
        {
            int folder = LibC.open(Path.GetDirectoryName(path)!, O_PATH | LibC.O_CLOEXEC, 0);
            if (folder < 0)
                return false;
            path = $"/proc/self/fd/{folder}/{Path.GetFileName(path)}";
            if (Encoding.UTF8.GetByteCount(path) > PathRoom)
                return Failed(ENAMETOOLONG);
        }
        byte* address = stackalloc byte[PathRoom + 3];
        var bytes = new Span<byte>(address, PathRoom + 3);
        bytes.Clear();
        *(ushort*)address = AF_UNIX;
        int length = Encoding.UTF8.GetBytes(path, bytes[2..]);
        return LibC.connect(fd, address, (uint)(length + 3)) == 0;
    }

    static bool Write(int fd, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* at = bytes)
                written = LibC.write(fd, at, (nuint)bytes.Length);
            if (written <= 0)
                return false;
            bytes = bytes[(int)written..];
        }
        return true;
    }

    static bool IsWell(int fd)
    {
        byte[] header = new byte[Header];
        if (!Read(fd, header))
            return false;
        int length = BinaryPrimitives.ReadInt32BigEndian(header);
        return length is >= Header and <= MostOfAnAnswer && Read(fd, new byte[length - Header])
            && BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(StatusAt)) == 0 || Failed(EPROTO);
    }

    static bool Read(int fd, Span<byte> room)
    {
        while (!room.IsEmpty)
        {
            nint count;
            fixed (byte* at = room)
                count = LibC.read(fd, at, (nuint)room.Length);
            if (count <= 0)
                return Failed(EPROTO);
            room = room[(int)count..];
        }
        return true;
    }

    static bool Failed(int errno)
    {
        Marshal.SetLastPInvokeError(errno);
        return false;
    }
}
