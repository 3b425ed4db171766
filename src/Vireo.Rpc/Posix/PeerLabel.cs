using System.Text;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Posix;

/// <summary>What the kernel's security module calls the process at the other end of a Unix socket.</summary>
static class PeerLabel
{
    const int First = 256, Most = 64 * 1024;

    /// <summary>Fills room with the label and says how long that is (or would be); the result is an errno, 0: it did.</summary>
    internal delegate int Asking(Span<byte> room, out int length);

    /// <summary>The label, or null: there is no such module, or it says nothing.</summary>
    internal static string? Of(int socket) => Read((Span<byte> room, out int length) => Ask(socket, room, out length));

    /// <summary>The same of whoever answers as the kernel does.</summary>
    internal static string? Read(Asking ask)
    {
        Span<byte> room = stackalloc byte[First];
        int failure = ask(room, out int length);
        if (failure is ERANGE && length is > First and <= Most)
        {
            room = new byte[length];
            failure = ask(room, out length);
        }
        if (failure is not 0 || length <= 0 || length > room.Length)
            return null;
        room = room[..length];
        int end = room.IndexOf((byte)0); // SELinux counts it, others do not
        string label = Encoding.UTF8.GetString(end < 0 ? room : room[..end]);
        return label.Length is 0 ? null : label;
    }

    static unsafe int Ask(int socket, Span<byte> room, out int length)
    {
        uint size = (uint)room.Length;
        fixed (byte* start = room)
        {
            int failure = getsockopt(socket, SOL_SOCKET, SO_PEERSEC, start, &size) == 0 ? 0 : LastError;
            length = (int)Math.Min(size, int.MaxValue);
            return failure;
        }
    }
}
