using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Vireo.Testing.Qemu;

/// <summary>Two connected unix sockets, as socketpair(2) makes them.</summary>
public static partial class SocketPair
{
    const int AfUnix = 1, SockStream = 1, CloseOnExec = 0x80000;

    /// <summary>Both ends, as streams that own their sockets.</summary>
    public static (Stream Ours, Stream Theirs) Open()
    {
        Span<int> ends = stackalloc int[2];
        if (Make(AfUnix, SockStream | CloseOnExec, 0, ends) != 0) throw new IOException("socketpair failed");
        return (Wrap(ends[0]), Wrap(ends[1]));
    }

    static NetworkStream Wrap(int descriptor) => new(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)), ownsSocket: true);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int Make(int domain, int type, int protocol, Span<int> ends);
}
